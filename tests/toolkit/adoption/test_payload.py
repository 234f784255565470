from __future__ import annotations

import json

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.payload import front_coded, packed
from tests.toolkit.adoption.planted import crossing, crossings, surveyed


class TestFrontCoded:
    def test_writes_what_each_text_adds_to_the_one_before(self) -> None:
        assert front_coded(["shop/a.py", "shop/admin.py", "yard"]) == [
            0,
            "shop/a.py",
            6,
            "dmin.py",
            0,
            "yard",
        ]

    def test_counts_as_javascript_does(self) -> None:
        assert front_coded(["🚢a", "🚢b"]) == [0, "🚢a", 2, "b"]


class TestPacked:
    def test_has_four_numbers_for_each_line(self) -> None:
        survey = surveyed([crossing("a", "b", line=7), crossing("a", "b", line=9, test=True)])

        data = json.loads(packed(Findings(survey)))

        assert data == {
            "labels": ["b", "a"],
            "kinds": ["import"],
            "files": [0, "a/views.py"],
            "symbols": [0, "b.models.Thing"],
            "pairs": [[1, 0, [0, 0, 7, 0, 3, 0, 9, 0], []]],
        }

    def test_keeps_so_many_lines_and_counts_the_others_by_kind(self) -> None:
        survey = surveyed(crossings("a", "b", 9), crossings("c", "b", 2))

        data = json.loads(packed(Findings(survey), most=6))

        assert [(len(lines) // 4, rest) for _, _, lines, rest in data["pairs"]] == [
            (4, [0, 5]),
            (2, []),
        ]

    def test_can_stand_in_a_page(self) -> None:
        survey = surveyed([crossing("a", "b", symbol="</script><b>&amp;")])

        found = packed(Findings(survey))

        assert not {"<", ">", "&"} & set(found)
        assert json.loads(found)["symbols"] == [0, "</script><b>&amp;"]
