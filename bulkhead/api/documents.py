"""The OpenAPI document of all components: one name per schema, and every problem."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from copy import deepcopy
from itertools import chain, count
from typing import TYPE_CHECKING, Any, cast

from ninja.constants import NOT_SET
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bulkhead.api.authentication import ANYONE, SAFE, schemes_of
from bulkhead.api.declared import declared_of
from bulkhead.api.documented_problems import PROBLEM_SCHEMA, problem_responses, problems_of
from bulkhead.api.tagging import describe_tags
from bulkhead.components import component_of_module

if TYPE_CHECKING:
    from bulkhead.api.apis import ComponentAPI

_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


class ComponentDocument(OpenAPISchema):
    """Ninja's document, with all schemas named in one go.

    Ninja names them model by model, so that of two components' `LineIn` the later one wins, and
    of a class that is both taken and returned the form written last.
    """

    def __init__(self, api: ComponentAPI, path_prefix: str) -> None:
        """Take the API, and the path that it is mounted at."""
        self._named = _NamedSchemas(api)
        self._problem = "BulkheadProblem" if self._named.has("Problem") else "Problem"
        self._problem_reference = REF_TEMPLATE.format(model=self._problem)
        super().__init__(api, path_prefix)

    def get_components(self) -> dict[str, Any]:
        """Return every schema, and what a problem looks like."""
        self.schemas = dict(sorted(self.schemas.items()))
        components = super().get_components()
        self.schemas[self._problem] = PROBLEM_SCHEMA
        return components | {"responses": problem_responses(self._problem_reference)}

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """Return what the document says of an operation."""
        details = super().operation_details(operation)
        describe_tags(operation, details)
        for filled in declared_of(operation).filled:
            filled.parameter.describe(operation, details, optional=filled.optional)
        return details

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        """Return what an operation answers, its problems included."""
        declared = super().responses(operation)
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

    def _scheme(self, name: str, scheme: dict[str, Any]) -> str:
        """Return the name of a scheme; those of one class that differ are told apart."""
        numbered = (f"{name}{number}" for number in count(2))
        for candidate in chain([name], numbered):
            if self.securitySchemes.setdefault(candidate, scheme) == scheme:
                return candidate
        raise AssertionError

    def _extract_parameters(self, model: Any) -> list[dict[str, Any]]:
        parameters = super()._extract_parameters(self._named.described(model))
        return [{**found, "schema": _without_null(found["schema"])} for found in parameters]

    def _create_schema_from_model(
        self,
        model: Any,
        by_alias: bool = True,  # noqa: FBT001, FBT002 - ninja's signature
        remove_level: bool = True,  # noqa: FBT001, FBT002
        mode: JsonSchemaMode = "validation",
    ) -> tuple[dict[str, Any], bool]:
        described = self._named.described(model, mode=mode, by_alias=by_alias)
        return super()._create_schema_from_model(described, by_alias, remove_level, mode)


class _Described:
    """A model of ninja's that answers with a schema made beforehand."""

    def __init__(self, model: object, schema: dict[str, Any]) -> None:
        self._model = model
        self._schema = schema

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def model_json_schema(self, **_options: object) -> dict[str, Any]:
        """Return a copy, as ninja changes what it is given."""
        return deepcopy(self._schema)


class _NamedSchemas:
    """The schemas of all models of an API; classes of one name are told apart."""

    def __init__(self, api: ComponentAPI) -> None:
        self._schemas: dict[tuple[Any, JsonSchemaMode, bool], dict[str, Any]] = {}
        self._definitions: dict[str, Any] = {}
        for by_alias, models in _models_of(api).items():
            self._describe(models, by_alias=by_alias)

    def has(self, name: str) -> bool:
        """Return whether a class bears this name."""
        return name in self._definitions

    def described(
        self, model: Any, *, mode: JsonSchemaMode = "validation", by_alias: bool = True
    ) -> Any:
        """Return what stands for the model in ninja's methods."""
        if isinstance(model, _Described):
            return model
        return _Described(model, self._schemas[model, mode, by_alias])

    def _describe(self, models: list[tuple[Any, JsonSchemaMode]], *, by_alias: bool) -> None:
        references, document = models_json_schema(
            models,
            by_alias=by_alias,
            ref_template=REF_TEMPLATE,
            schema_generator=NinjaGenerateJsonSchema,
        )
        schemas = self._told_apart({key: _name(ref) for key, ref in references.items()}, document)
        for (model, mode), schema in schemas.items():
            self._schemas[model, mode, by_alias] = schema

    def _told_apart(
        self, names: dict[tuple[Any, JsonSchemaMode], str], document: dict[str, Any]
    ) -> dict[tuple[Any, JsonSchemaMode], dict[str, Any]]:
        definitions = document.get("$defs", {})
        used = sorted(set(definitions) - set(names.values()))
        definitions = _renamed(definitions, _short_names(used))
        used = [_short_names(used).get(name, name) for name in used]
        if not self._agrees({name: definitions[name] for name in used}):
            definitions = _renamed(definitions, {name: f"{name}-ByName" for name in used})
            used = [f"{name}-ByName" for name in used]
        own = {name: definitions[name] for name in used}
        self._definitions |= own
        return {key: {**definitions[name], "$defs": own} for key, name in names.items()}

    def _agrees(self, definitions: dict[str, Any]) -> bool:
        known = self._definitions
        return all(known.get(name, schema) == schema for name, schema in definitions.items())


def _models_of(api: ComponentAPI) -> dict[bool, list[tuple[Any, JsonSchemaMode]]]:
    """Return the models by whether they bear aliases; those that do come first."""
    models: dict[bool, dict[tuple[Any, JsonSchemaMode], None]] = defaultdict(dict)
    for operation in api.operations():
        taken = ((model, "validation", True) for model in operation.models)
        returned = (
            (model, "serialization", operation.by_alias)
            for model in operation.response_models.values()
            if model not in (None, NOT_SET)
        )
        for model, mode, by_alias in chain(taken, returned):
            models[by_alias][model, cast("JsonSchemaMode", mode)] = None
    return {by_alias: list(models[by_alias]) for by_alias in (True, False) if models[by_alias]}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter, which may be left out, but can't be sent as null."""
    kinds: list[dict[str, Any]] = [
        kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}
    ]
    if len(kinds) != 1:
        return schema | ({"anyOf": kinds} if kinds else {})
    return {name: value for name, value in schema.items() if name != "anyOf"} | kinds[0]


def _name(reference: dict[str, Any]) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _short_names(names: Iterable[str]) -> dict[str, str]:
    """Return `label.Class` for pydantic's `path__to__module__Class` of a namesake."""
    short = {}
    for name in names:
        module, _, cls = name.rpartition("__")
        component = component_of_module(module.replace("__", "."))
        if component is not None:
            short[name] = f"{component.label}.{cls}"
    counted = Counter(short.values())
    return {name: given for name, given in short.items() if counted[given] == 1}


def _renamed(definitions: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the definitions with some of them, and all that refers to these, renamed."""

    def reference(match: re.Match[str]) -> str:
        return json.dumps(REF_TEMPLATE.format(model=names.get(match[1], match[1])))

    definitions = {names.get(name, name): schema for name, schema in definitions.items()}
    return cast("dict[str, Any]", json.loads(_REFERENCE.sub(reference, json.dumps(definitions))))
