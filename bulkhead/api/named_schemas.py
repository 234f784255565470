"""One name for each schema of an API, also where classes of several components share one."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from ninja.constants import NOT_SET
from ninja.openapi.schema import REF_TEMPLATE
from ninja.operation import Operation
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bulkhead.api.json_schemas import ComponentJsonSchema, PartialJsonSchema
from bulkhead.components import component_of_module

if TYPE_CHECKING:
    from bulkhead.api.apis import ComponentAPI

_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


class NamedSchemas:
    """The schemas of all models of an API; classes of one name are told apart."""

    def __init__(self, api: ComponentAPI) -> None:
        self._schemas: dict[tuple[Any, JsonSchemaMode, bool], dict[str, Any]] = {}
        self._definitions: dict[str, Any] = {}
        for form, models in _models_of(api).items():
            self._describe(models, form)

    def has(self, name: str) -> bool:
        """Return whether a class bears this name."""
        return name in self._definitions

    def by_name(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the reference of an enum that ninja has written out, else the schema."""
        if "items" in schema:
            return {**schema, "items": self.by_name(schema["items"])}
        if "allOf" in schema:
            return {**schema, "allOf": [self.by_name(part) for part in schema["allOf"]]}
        if "x-enum-varnames" not in schema:
            return schema
        found = (name for name, known in self._definitions.items() if known == schema)
        name = next(found, None)
        return schema if name is None else {"$ref": REF_TEMPLATE.format(model=name)}

    def described(
        self, model: Any, *, mode: JsonSchemaMode = "validation", by_alias: bool = True
    ) -> Any:
        """Return what stands for the model in ninja's methods."""
        if isinstance(model, _Described):
            return model
        return _Described(model, self._schemas[model, mode, by_alias])

    def _describe(self, models: list[tuple[Any, JsonSchemaMode]], form: _Form) -> None:
        references, document = models_json_schema(
            models,
            by_alias=form.by_alias,
            ref_template=REF_TEMPLATE,
            schema_generator=PartialJsonSchema if form.leaves_out else ComponentJsonSchema,
        )
        names = {key: _name(reference) for key, reference in references.items()}
        schemas = self._told_apart(names, document, suffix=form.suffix)
        for (model, mode), schema in schemas.items():
            self._schemas[model, mode, form.by_alias] = schema

    def _told_apart(
        self,
        names: dict[tuple[Any, JsonSchemaMode], str],
        document: dict[str, Any],
        *,
        suffix: str,
    ) -> dict[tuple[Any, JsonSchemaMode], dict[str, Any]]:
        definitions = document.get("$defs", {})
        used = sorted(set(definitions) - set(names.values()))
        definitions = _renamed(definitions, _short_names(used))
        used = [_short_names(used).get(name, name) for name in used]
        if not self._agrees({name: definitions[name] for name in used}):
            definitions = _renamed(definitions, {name: f"{name}{suffix}" for name in used})
            used = [f"{name}{suffix}" for name in used]
        own = {name: definitions[name] for name in used}
        self._definitions |= own
        return {key: _with_own(definitions[name], own) for key, name in names.items()}

    def _agrees(self, definitions: dict[str, Any]) -> bool:
        known = self._definitions
        return all(known.get(name, schema) == schema for name, schema in definitions.items())


def reached(node: Any, schemas: Mapping[str, Any]) -> set[str]:
    """Return the schemas that something refers to, at any depth."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        new = set(_REFERENCE.findall(json.dumps(waiting.pop(), default=str))) - found
        found |= new
        waiting += [schemas[name] for name in new]
    return found


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How instances of a class become JSON."""

    by_alias: bool = True
    leaves_out: bool = False

    @property
    def suffix(self) -> str:
        """What tells the class's name apart where it has other forms too."""
        return ("" if self.by_alias else "-ByName") + ("-Partial" if self.leaves_out else "")


def _models_of(api: ComponentAPI) -> dict[_Form, list[tuple[Any, JsonSchemaMode]]]:
    """Return the models by their form; what most endpoints take and answer comes first."""
    models: dict[_Form, dict[tuple[Any, JsonSchemaMode], None]] = defaultdict(dict)
    for operation in api.operations():
        answered = _Form(by_alias=operation.by_alias, leaves_out=_leaves_out(operation))
        taken = ((model, "validation", _Form()) for model in operation.models)
        returned = (
            (model, "serialization", answered)
            for model in operation.response_models.values()
            if model not in (None, NOT_SET)
        )
        for model, mode, form in chain(taken, returned):
            models[form][model, cast("JsonSchemaMode", mode)] = None
    return {form: list(models[form]) for form in sorted(models, key=lambda form: form.suffix)}


def _leaves_out(operation: Operation) -> bool:
    return operation.exclude_unset or operation.exclude_defaults or operation.exclude_none


def _with_own(schema: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema with the definitions that it leads to, and no others: each is copied."""
    found = sorted(reached(schema, definitions))
    return {**schema, "$defs": {name: definitions[name] for name in found}}


def _name(reference: dict[str, Any]) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _short_names(names: Iterable[str]) -> dict[str, str]:
    """Return `label.Class` for pydantic's `path__to__module__Class` of a namesake.

    What is of no component bears the name of its package, as its operation ids do.
    """
    short = {}
    for name in names:
        path, _, cls = name.rpartition("__")
        module = path.replace("__", ".")
        component = component_of_module(module)
        if component is not None or module in sys.modules:
            owner = module.partition(".")[0] if component is None else component.label
            short[name] = f"{owner}.{cls}"
    counted = Counter(short.values())
    return {name: given for name, given in short.items() if counted[given] == 1}


def _renamed(definitions: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the definitions with some of them, and all that refers to these, renamed."""

    def reference(match: re.Match[str]) -> str:
        return json.dumps(REF_TEMPLATE.format(model=names.get(match[1], match[1])))

    definitions = {names.get(name, name): schema for name, schema in definitions.items()}
    return cast("dict[str, Any]", json.loads(_REFERENCE.sub(reference, json.dumps(definitions))))
