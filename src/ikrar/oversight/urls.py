"""Routes of the boards."""

from django.urls import path

from ikrar.oversight import views

app_name = "oversight"
urlpatterns = [
    path("kesiapan/", views.own_board, name="own_board"),
    path("kesiapan/<str:code>/", views.board, name="board"),
    path("badan/<str:code>/", views.body, name="body"),
]
