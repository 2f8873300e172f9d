from instanceview.testing import assert_conforms

ANSWER = {"statuses": [{"code": "PowerState/running", "level": "info"}]}


def test_answer():
    assert_conforms(ANSWER)


def test_recording(load_capture, instance_view_validator):
    for document in load_capture("recordings/web_0.json"):
        instance_view_validator(document)
