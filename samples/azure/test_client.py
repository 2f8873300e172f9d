from instanceview.testing import assert_conforms


def test_answer(client):
    answers = []
    ask = client.virtual_machine_scale_set_vms.get_instance_view
    view = ask("group", "web", "0", raw_response_hook=answers.append)
    assert_conforms(answers[0])  # what the service sent; its URL has the kind and the api-version
    assert_conforms(view)  # what the client made of it


def test_list(client):
    machines = client.virtual_machine_scale_set_vms.list("group", "web", expand="instanceView")
    assert_conforms(machines)
