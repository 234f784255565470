from __future__ import annotations

import pytest

from bulkhead.crossings.seal_edits import with_seals

HEAD = "from bulkhead.components import ComponentConfig\n\n\n"
CLASS = HEAD + "class ShopConfig(ComponentConfig):\n"


def edited(source: str, *seals: str) -> str | None:
    edit = with_seals(source, "ShopConfig", seals or ("imports",))
    return None if edit is None else edit.source


class TestWithSeals:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (
                '    name = "shop"\n    owner = "us"\n',
                '    name = "shop"\n    seals = ("imports",)\n    owner = "us"\n',
            ),
            (
                '    """Sells ü."""\n\n    name = "shop"\n    depends_on = (\n        "stock",\n'
                "    )  # for now\n\n    def run(self):\n        pass\n",
                '    """Sells ü."""\n\n    name = "shop"\n    depends_on = (\n        "stock",\n'
                '    )  # for now\n    seals = ("imports",)\n\n    def run(self):\n        pass\n',
            ),
            (
                '    name = "shop"\n    seals = ()  # none yet\n',
                '    name = "shop"\n    seals = ("imports",)  # none yet\n',
            ),
            (
                '    name = "shop"\n    seals: tuple[str, ...] = ["references"]\n',
                '    name = "shop"\n    seals: tuple[str, ...] = ("imports",)\n',
            ),
            ('    name = "shop"', '    name = "shop"\n    seals = ("imports",)\n'),
            (
                '\tname = "shop"\r\n\towner = ""\r\n',
                '\tname = "shop"\r\n\tseals = ("imports",)\r\n\towner = ""\r\n',
            ),
        ],
    )
    def test_changes_one_line(self, before: str, after: str) -> None:
        assert edited(CLASS + before) == CLASS + after

    def test_says_in_which_line(self) -> None:
        edit = with_seals(CLASS + '    name = "shop"\n', "ShopConfig", ("imports", "references"))

        assert edit is not None
        assert edit.source.splitlines()[edit.line - 1] == '    seals = ("imports", "references")'

    @pytest.mark.parametrize(
        "source",
        [
            CLASS + '    name = "shop"\n    seals = COMMON\n',
            CLASS + '    name = "shop"\n    seals = (\n        "imports",  # hard won\n    )\n',
            CLASS + '    name = "shop"\n    seals = ()\n    seals = ()\n',
            CLASS + '    name = "shop"; owner = "us"\n',
            HEAD + 'class ShopConfig(ComponentConfig): name = "shop"\n',
            CLASS + '    name = label = "shop"\n',
            CLASS + "    pass\n",
            HEAD + 'class OtherConfig(ComponentConfig):\n    name = "other"\n',
            CLASS + '    name = "shop"\n\n\n' + CLASS[len(HEAD) :] + '    name = "shop"\n',
            CLASS + '    name = "shop\n',
        ],
    )
    def test_changes_nothing_where_it_is_unsure(self, source: str) -> None:
        assert edited(source) is None
