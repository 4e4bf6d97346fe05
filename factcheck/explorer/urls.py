from django.urls import path

from factcheck.explorer import views

app_name = "explorer"

urlpatterns = [
    path("", views.trail, name="trail"),
    path("verification/", views.verification, name="verification"),
    path("verification/ask/", views.verification_ask, name="verification_ask"),
    path("export.<str:form>", views.export, name="export"),
    path("<int:pk>/", views.event, name="event"),
]
