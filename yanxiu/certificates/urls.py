"""The pages of this app."""

from django.urls import URLPattern, URLResolver, path

from yanxiu.certificates.views import certificates, checking, registers, school

app_name = "certificates"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", certificates.home, name="home"),
    path("check/", checking.door, name="door"),
    path("check/<str:code>/", checking.check, name="check"),
    path("school/", school.school, name="school"),
    path("issued/", school.issued, name="issued"),
    path("registers/", registers.registers, name="registers"),
    path("registers/register.xlsx", registers.sheet, name="register_sheet"),
    path("registers/read/", registers.read, name="register_read"),
    path("registers/own/<uuid:uid>/", registers.own, name="register_own"),
    path("registers/<uuid:uid>/", registers.imported, name="imported"),
    path("registers/<uuid:uid>/rows/<int:number>/", registers.settle, name="settle"),
    path("of/<uuid:uid>/", certificates.issue, name="issue"),
    path("<uuid:uid>/", certificates.certificate, name="certificate"),
    path("<uuid:uid>/certificate.pdf", certificates.file, name="pdf"),
    path("<uuid:uid>/revoke/", certificates.revoke, name="revoke"),
    path("<uuid:uid>/replace/", certificates.replace, name="replace"),
]
