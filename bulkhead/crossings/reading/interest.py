"""Which calls are kept, by their function or their keywords; a source adds what it asks for."""

from __future__ import annotations

CALLS = frozenset(
    {
        # what takes look-ups
        "Avg",
        "Count",
        "Exists",
        "F",
        "FilteredRelation",
        "Max",
        "Min",
        "OuterRef",
        "Prefetch",
        "Q",
        "Sum",
        "aaggregate",
        "aget",
        "aggregate",
        "alias",
        "annotate",
        "dates",
        "datetimes",
        "defer",
        "distinct",
        "earliest",
        "exclude",
        "filter",
        "get",
        "get_list_or_404",
        "get_object_or_404",
        "get_or_create",
        "latest",
        "only",
        "order_by",
        "prefetch_related",
        "prefetch_related_objects",
        "select_related",
        "update_or_create",
        "values",
        "values_list",
        # what takes names of models
        "create_schema",
        "get_app_configs",
        "get_for_models",
        "get_user_model",
        "has_module_perms",
        "user_has_perm",
        "get_app_config",
        "get_by_natural_key",
        "get_model",
        "has_perm",
        "has_perms",
        "permission_required",
        # what takes dotted paths
        "delattr",
        "getLogger",
        "include",
        "locate",
        "setattr",
        "__import__",
        "import_module",
        "import_string",
        "patch",
        # what takes URL names
        "HyperlinkedIdentityField",
        "HyperlinkedRelatedField",
        "redirect",
        "resolve_url",
        "reverse",
        "reverse_lazy",
        # signals
        "connect",
        "disconnect",
        "receiver",
        # templates
        "SimpleTemplateResponse",
        "TemplateResponse",
        "get_template",
        "inclusion_tag",
        "render",
        "render_to_string",
        "select_template",
        # raw SQL
        "extra",
        "RawSQL",
        "RunSQL",
        "execute",
        "executemany",
        "raw",
    }
)
"""The last names of functions whose calls are kept."""

KEYWORDS = frozenset(
    {
        "accessor",
        "field_name",
        "lookup_expr",
        "queryset",
        "source",
        "through",
        "to",
    }
)
"""The keywords by which a call of any function is kept; those with `__` in them count, too."""
