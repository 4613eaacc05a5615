"""Values for the formats of the contract that are this server's own."""

from hypothesis import strategies as st

from conformance.slots import MOMENTS

DATES = (*MOMENTS, "2020", "2020-09", "Sep 10, 2020", "Thu, 10 Sep 2020 10:00:00 GMT")

FORMATS: dict[str, st.SearchStrategy[str]] = {
    "javascript-date": st.sampled_from(DATES),
    "sort": st.sampled_from(('{"_id":1}', '{"name":-1}', '{"ts":-1,"_id":1}', "{}")),
    "json": st.sampled_from(("{}", '{"term":"a"}', '{"name":"a"}')),
    "not-blank": st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != ""),
    "basic_email": st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True),
}
