"""The pages of people ask by one template, unless they name another."""

from functools import partial

from yanxiu.ui import asking

ask = partial(asking.ask, page="people/teacher_form.html")
