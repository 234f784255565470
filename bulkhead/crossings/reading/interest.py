"""Which calls are kept, by the last name of their function; a source adds what it asks for."""

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
        "get_app_config",
        "get_by_natural_key",
        "get_model",
        "has_perm",
        "has_perms",
        "permission_required",
        # what takes dotted paths
        "__import__",
        "import_module",
        "import_string",
        "patch",
        # what takes URL names
        "redirect",
        "resolve_url",
        "reverse",
        "reverse_lazy",
        # signals
        "connect",
        "disconnect",
        "receiver",
        # raw SQL
        "RawSQL",
        "RunSQL",
        "execute",
        "executemany",
        "raw",
    }
)
