"""What we lean on in Connexion beyond its documentation; an upgrade that breaks it says so here."""

import inspect

from connexion.middleware import main
from connexion.middleware.abstract import ROUTING_CONTEXT, RoutedAPI, RoutedMiddleware
from connexion.operations import AbstractOperation
from connexion.spec import Specification


def test_a_routed_middleware_finds_its_operation_by_the_routing_context():
    source = inspect.getsource(RoutedMiddleware.__call__)

    assert ROUTING_CONTEXT == "connexion_routing"
    assert 'connexion_context.get("api_base_path")' in source
    assert 'connexion_context.get("operation_id")' in source


def test_a_routed_api_makes_one_step_per_operation():
    assert list(inspect.signature(RoutedAPI.make_operation).parameters) == ["self", "operation"]
    assert hasattr(RoutedAPI, "add_paths")


def test_a_ready_specification_can_be_added_to_the_middleware():
    parameters = inspect.signature(main.API.__init__).parameters

    assert list(parameters) == ["self", "specification", "base_path", "kwargs"]
    assert "self.apis.append(" in inspect.getsource(main.ConnexionMiddleware.add_api)


def test_an_operation_has_its_parameters_and_body_schema_resolved():
    assert hasattr(AbstractOperation, "method")
    assert hasattr(AbstractOperation, "path")
    assert hasattr(Specification, "from_dict")
    assert {"parameters", "body_schema"} <= set(dir(AbstractOperation))
