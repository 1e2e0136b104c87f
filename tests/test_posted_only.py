"""What a browser shows at an address that is only posted to."""

from django.urls import reverse

from yanxiu.cast import Cast, LogIn
from yanxiu.people.models import Teacher


def test_an_address_that_is_only_posted_to_says_so_to_whoever_opens_it(
    cast: Cast, log_in: LogIn, zhou: Teacher
) -> None:
    address = reverse("certificates:register_read")

    answer = log_in(zhou).get(address, headers={"accept": "text/html,*/*"})

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "这个地址不能直接打开" in answer.content.decode()
