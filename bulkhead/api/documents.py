"""The OpenAPI document of all components: one name per schema, and every problem."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from pydantic.json_schema import JsonSchemaMode

from bulkhead.api.authentication import ANYONE, SAFE, schemes_of
from bulkhead.api.declared import declared_of
from bulkhead.api.documented_problems import PROBLEM_SCHEMA, problem_responses, problems_of
from bulkhead.api.named_schemas import NamedSchemas, reached
from bulkhead.api.operation_ids import operation_ids
from bulkhead.api.problems import RENAMED_STATUSES
from bulkhead.api.tagged_answers import describe_tags

if TYPE_CHECKING:
    from bulkhead.api.apis import ComponentAPI


class ComponentDocument(OpenAPISchema):
    """Ninja's document, with all schemas named in one go.

    Ninja names them model by model, so that of two components' `LineIn` the later one wins, and
    of a class that is both taken and returned the form written last.
    """

    def __init__(self, api: ComponentAPI, path_prefix: str) -> None:
        """Take the API, and the path that it is mounted at."""
        self._named = NamedSchemas(api)
        self._problem = "BulkheadProblem" if self._named.has("Problem") else "Problem"
        self._problem_reference = REF_TEMPLATE.format(model=self._problem)
        super().__init__(api, path_prefix)
        self["tags"] = [*self.get("tags", ()), *self._further_tags()]
        schemas = self["components"]["schemas"]
        used = reached({**self, "components": {**self["components"], "schemas": {}}}, schemas)
        for name in schemas.keys() - used:
            del schemas[name]

    def get_components(self) -> dict[str, Any]:
        """Return every schema, and what a problem looks like."""
        self.schemas = dict(sorted(self.schemas.items()))
        components = super().get_components()
        self.schemas[self._problem] = PROBLEM_SCHEMA
        return components | {"responses": problem_responses(self._problem_reference)}

    def methods(self, operations: list[Operation]) -> dict[str, Any]:
        """Return the operations of a path by their methods."""
        found: dict[str, Any] = {}
        for operation in operations:
            for method, details in super().methods([operation]).items():
                own = operation_ids(operation)[method.upper()]
                found[method] = {**details, "operationId": own}
        return found

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """Return what the document says of an operation."""
        self.all_operation_ids.clear()  # ninja would print a remark; the check E090 says it
        details = super().operation_details(operation)
        describe_tags(operation, details)
        for filled in declared_of(operation).filled:
            filled.parameter.describe(operation, details, optional=filled.optional)
        return details

    def request_body(self, operation: Operation) -> dict[str, Any]:
        """Return the body; an object that is made of several parameters bears no class's name."""
        body: dict[str, Any] = super().request_body(operation)
        internal = {"MultiPartBodyParams", *(model.__name__ for model in operation.models)}
        for content in body.get("content", {}).values():
            if content["schema"].get("title") in internal:
                del content["schema"]["title"]
        return body

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        """Return what an operation answers, its problems included."""
        declared = super().responses(operation)
        for status in RENAMED_STATUSES.keys() & declared.keys():
            declared[status]["description"] = RENAMED_STATUSES[status]
        problems = problems_of(operation, self._problem_reference)
        return dict(sorted((problems | declared).items()))

    def deep_dict_update(self, main_dict: dict[Any, Any], update_dict: dict[Any, Any]) -> None:
        """Add what an endpoint says itself; a response that it describes takes the other's place.

        Ninja would let its media type stand beside the one that is derived.
        """
        own = update_dict.get("responses", {})
        rest = {name: said for name, said in update_dict.items() if name != "responses"}
        super().deep_dict_update(main_dict, rest)
        for status, said in own.items():
            number = int(status) if str(status).isdigit() else status
            derived = main_dict["responses"].get(number, {})
            kept = {} if "$ref" in derived else derived
            main_dict["responses"][number] = {**kept, **said}

    def operation_security(self, operation: Operation) -> list[dict[str, list[Any]]] | None:
        """Return what an operation asks for: one of these, each with all that it takes."""
        unsafe = not SAFE.issuperset(operation.methods)
        ways: list[dict[str, list[Any]]] = [
            {self._scheme(name, scheme): [] for name, scheme in schemes_of(auth, unsafe=unsafe)}
            for auth in operation.auth_callbacks
            if auth is ANYONE or hasattr(auth, "openapi_security_schema")
        ]
        return ways if any(ways) else None

    def _further_tags(self) -> list[dict[str, Any]]:
        """Return the tags that operations bear and nobody has described."""
        operations = [each for path in self["paths"].values() for each in path.values()]
        used = dict.fromkeys(tag for each in operations for tag in each.get("tags", ()))
        described = {tag["name"] for tag in self.get("tags", ())}
        return [{"name": tag} for tag in used if tag not in described]

    def _scheme(self, name: str, scheme: dict[str, Any]) -> str:
        """Return the name of a scheme; those of one class that differ are told apart."""
        numbered = (f"{name}{number}" for number in count(2))
        for candidate in chain([name], numbered):
            if self.securitySchemes.setdefault(candidate, scheme) == scheme:
                return candidate
        raise AssertionError

    def _extract_parameters(self, model: Any) -> list[dict[str, Any]]:
        parameters = super()._extract_parameters(self._named.described(model))
        return [self._parameter(found) for found in parameters]

    def _parameter(self, found: dict[str, Any]) -> dict[str, Any]:
        """Return a parameter as OpenAPI has it: with one example, and its enum by name."""
        examples = found.pop("examples", [])
        schema = self._named.by_name(_without_null(found["schema"]))
        return found | {"schema": schema} | ({"example": examples[0]} if examples else {})

    def _create_schema_from_model(
        self,
        model: Any,
        by_alias: bool = True,  # noqa: FBT001, FBT002 - ninja's signature
        remove_level: bool = True,  # noqa: FBT001, FBT002
        mode: JsonSchemaMode = "validation",
    ) -> tuple[dict[str, Any], bool]:
        described = self._named.described(model, mode=mode, by_alias=by_alias)
        return super()._create_schema_from_model(described, by_alias, remove_level, mode)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter, which may be left out, but can't be sent as null."""
    kinds: list[dict[str, Any]] = [
        kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}
    ]
    if len(kinds) != 1:
        return schema | ({"anyOf": kinds} if kinds else {})
    return {name: value for name, value in schema.items() if name != "anyOf"} | kinds[0]
