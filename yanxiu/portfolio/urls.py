"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.portfolio.views import files, hours, overview, pieces, records, school

app_name = "portfolio"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", hours.hours, name="hours"),
    path("looks/", hours.looks, name="looks"),
    path("records/", records.records, name="records"),
    path("records.xlsx", records.sheet, name="sheet"),
    path("records/<uuid:uid>/", records.record, name="record"),
    path("teachers/", overview.overview, name="overview"),
    path("teachers/<uuid:uid>/", overview.teacher, name="teacher"),
    path("teachers.xlsx", overview.sheet, name="list"),
    path("teachers/schools/", overview.schools, name="schools"),
    path("file/", files.own, name="file"),
    path("file/gaps/", files.gaps, name="gaps"),
    path("file/put/", pieces.put, name="put"),
    path("file/bring/", pieces.bring, name="bring"),
    path("file/bring/<uuid:uid>/take-back/", pieces.take_back, name="take_back"),
    path("pieces/<uuid:uid>/", pieces.piece, name="piece"),
    path("pieces/<uuid:uid>/remove/", pieces.remove, name="remove"),
    path("files/", school.overview, name="files"),
    path("files/<uuid:uid>/", files.of_teacher, name="file_of"),
    path("files/<uuid:uid>/growth-file.docx", files.word, name="word"),
    path("files/<uuid:uid>/growth-file.pdf", files.print_out, name="pdf"),
    path("files/<uuid:uid>/growth-file.zip", files.archive, name="archive"),
    path("files/<uuid:uid>/handbook.docx", files.booklet, name="handbook"),
    path("files/of/<uuid:uid>/", school.school, name="school"),
    path("files/of/<uuid:uid>/batch/", school.batch, name="batch"),
    path("files/of/<uuid:uid>/categories/", school.categories, name="categories"),
]
