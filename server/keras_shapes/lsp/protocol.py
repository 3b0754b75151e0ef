"""What the protocol itself asks of a server, where pygls does less: errors for what comes too early or too late."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidRequest,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol


class Protocol(LanguageServerProtocol):
    """pygls' protocol, which leaves some requests unanswered, and warns of what is nobody's fault."""

    _gone = False
    """Whether the client has said `exit`: it hears no more."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object; one that is none is answered as an error, if it is a request."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self.refuse(data["id"], self._untimely(data["method"]) or error)
            raise

    def handle_message(self, message: Any) -> None:
        """Handle a message in its time.

        A notification that comes too early or too late is dropped, and so is an answer after `shutdown`: the question
        was asked before.
        """
        method = getattr(message, "method", None)
        self._gone = self._gone or method == lsp.EXIT
        error = self._untimely(method)
        if error is None:
            super().handle_message(message)
        elif method is not None and hasattr(message, "id"):
            self.refuse(message.id, error)

    def refuse(self, number: Any, error: JsonRpcException) -> None:
        """Answer a request with an error; the number is null where it is not known which request."""
        known = number if isinstance(number, (int, str)) else None
        said = {"code": error.code, "message": error.message}
        self._send_data({"jsonrpc": self.VERSION, "id": known, "error": said})

    def _send_data(self, data: Any) -> None:
        """Send a message; after `exit` there is nobody who would read it."""
        if not self._gone:
            super()._send_data(data)

    def _untimely(self, method: Any) -> JsonRpcException | None:
        """What is wrong with a message now; None for the right time. Only `exit` is always right."""
        if method == lsp.EXIT:
            return None
        if self._shutdown:
            return JsonRpcInvalidRequest("the server has been shut down")
        if self._workspace is None:
            early = method != lsp.INITIALIZE
            return JsonRpcServerNotInitialized("initialize comes first") if early else None
        return JsonRpcInvalidRequest("the server is initialized already") if method == lsp.INITIALIZE else None

    def _handle_cancel_notification(self, msg_id: Any) -> None:
        """Cancel a request. Often it has been answered already: that is no event."""
        if msg_id in self._request_futures:
            super()._handle_cancel_notification(msg_id)

    def _execute_handler(self, msg_id: Any, *args: Any, **kwargs: Any) -> None:
        """Handle a message. What has been handled is forgotten: pygls keeps every notification."""
        super()._execute_handler(msg_id, *args, **kwargs)
        future = self._request_futures.get(msg_id)
        if future is not None:
            future.add_done_callback(lambda _: self._forget(msg_id, future))

    def _forget(self, msg_id: Any, future: Any) -> None:
        # `shutdown` cancels them one by one, and does not want them to go meanwhile
        if not future.cancelled() and self._request_futures.get(msg_id) is future:
            del self._request_futures[msg_id]
