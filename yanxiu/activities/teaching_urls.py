"""The pages of content tags and experts."""

from django.urls import URLPattern, path

from yanxiu.activities.views import experts, tags

urlpatterns: list[URLPattern] = [
    path("tags/", tags.tags, name="tags"),
    path("tags/new/", tags.new, name="tag_new"),
    path("tags/<uuid:uid>/", tags.tag, name="tag"),
    path("experts/", experts.experts, name="experts"),
    path("experts/visits.xlsx", experts.sheet, name="experts_sheet"),
    path("experts/new/", experts.new, name="expert_new"),
    path("experts/<uuid:uid>/", experts.expert, name="expert"),
    path("<uuid:uid>/tags/", tags.session_tags, name="session_tags"),
    path("<uuid:uid>/experts/", experts.session_experts, name="session_experts"),
]
