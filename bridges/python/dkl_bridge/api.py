"""Which request asks the bridge for what; docs/bridge-protocol.md in code."""

import urllib.parse

from .httpd import Answer
from .protocol import BridgeError, Members, decode, is_request_id


class Api:
    def __init__(self, bridge):
        self._bridge = bridge
        self._routes = {
            "/v1": {"GET": lambda _: Answer.of(bridge.identity())},
            "/v1/capabilities": {"GET": lambda _: Answer.of(bridge.capabilities())},
            "/v1/state": {"GET": lambda _: Answer.of(bridge.state())},
            "/v1/session": {"POST": self._open, "DELETE": self._close},
            "/v1/heartbeat": {"POST": self._heartbeat},
            "/v1/beam/blank": {"POST": self._blank},
            "/v1/beam/clear": {"POST": self._clear},
            "/v1/probe": {"GET": lambda _: Answer.of(bridge.probe()), "PUT": self._move_probe},
            "/v1/stage": {"GET": lambda _: Answer.of(bridge.stage()), "PUT": self._move_stage},
            "/v1/surveys": {"POST": self._survey},
            "/v1/window": {"PUT": self._confirm_window},
            "/v1/exposures": {"POST": self._expose},
        }

    def handle(self, request):
        self._bridge.heard(self._session_id(request))
        methods = self._routes.get(request.path)
        if methods is None and request.path.startswith("/v1/exposures/"):
            methods = {"GET": self._recorded}
        if methods is None:
            raise BridgeError("not-found", "There is no such path.")
        if request.method not in methods:
            raise BridgeError("not-allowed", f"The path takes {', '.join(methods)}.")
        if request.method == "GET" and request.body:
            raise BridgeError("bad-request", "A GET has no body.")
        return methods[request.method](request)

    @staticmethod
    def _session_id(request):
        return request.headers.get(b"dkl-session", b"").decode("latin-1")

    def _commanding(self, request):
        return self._bridge.commanding(self._session_id(request))

    def _open(self, request):
        body = Members(decode(request.body))
        client = body.text("client")
        heartbeat_s = body.number("heartbeat_s")
        take_over = body.yes_or_no("take_over", False)
        body.end()
        return Answer.of(self._bridge.open_session(client, heartbeat_s, take_over))

    def _close(self, request):
        session = self._commanding(request)
        Members(decode(request.body)).end()
        return Answer.of(self._bridge.close_session(session))

    def _heartbeat(self, request):
        self._commanding(request)
        Members(decode(request.body)).end()
        return Answer.of(self._bridge.state())

    def _blank(self, request):
        try:
            body = Members(decode(request.body))
            permit = body.whole("permit", None, may_be_null=True)
            body.end()
        except BridgeError:
            # Who asks to blank gets the beam off, however it is said.
            self._bridge.blank(None)
            raise
        return Answer.of(self._bridge.blank(permit))

    def _clear(self, request):
        body = Members(decode(request.body))
        by = body.text("by")
        body.end()
        return Answer.of(self._bridge.clear_alarm(by))

    def _move_probe(self, request):
        self._commanding(request)
        body = Members(decode(request.body))
        row, column = body.number("row"), body.number("column")
        body.end()
        return Answer.of(self._bridge.move_probe(row, column))

    def _move_stage(self, request):
        self._commanding(request)
        body = Members(decode(request.body))
        x_nm, y_nm = body.number("x_nm"), body.number("y_nm")
        body.end()
        return Answer.of(self._bridge.move_stage(x_nm, y_nm))

    def _survey(self, request):
        session = self._commanding(request)
        body = Members(decode(request.body))
        name, permit = body.request(), body.whole("permit")
        asked = (body.text("channel"), body.whole("rows"), body.whole("columns"), body.number("dwell_s"),
                 body.number("longest_s"))
        body.end()
        array, meta = self._bridge.survey(session, name, permit, *asked)
        return Answer(200, array.data, array.headers(name, meta))

    def _confirm_window(self, request):
        self._commanding(request)
        body = Members(decode(request.body))
        rows, columns = body.whole("rows"), body.whole("columns")
        body.end()
        return Answer.of(self._bridge.confirm_window(rows, columns))

    def _expose(self, request):
        session = self._commanding(request)
        body = Members(decode(request.body))
        name, permit = body.request(), body.whole("permit")
        asked = (body.text("detector"), body.number("dwell_s"), body.number("longest_s"))
        body.end()
        return Answer.of(self._bridge.expose(session, name, permit, *asked))

    def _recorded(self, request):
        segment, _, rest = request.path[len("/v1/exposures/"):].partition("/")
        name = urllib.parse.unquote(segment, errors="replace")
        if rest not in ("", "frame") or request.path.endswith("/") or not is_request_id(name):
            raise BridgeError("not-found", "There is no such path.")
        if not rest:
            return Answer.of(self._bridge.outcome(name))
        array, meta = self._bridge.frame(name)
        return Answer(200, array.data, array.headers(name, meta))
