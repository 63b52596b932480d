"""A git server over http on loopback, for tests: git http-backend behind a small CGI.

usage: git_http.py DIRECTORY TOKEN

Serves the repositories in DIRECTORY to who sends "Authorization: Bearer TOKEN". Prints
"PORT PID" once it listens, and goes on in the background until it is killed, its DIRECTORY
is gone, or a minute has passed without a request.
"""
import http.server
import os
import subprocess
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def serve(self):
        if self.headers.get("Authorization") != "Bearer " + self.server.token:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="test"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        answer = subprocess.run(
            ["git", "http-backend"],
            input=self.read_body(),
            stdout=subprocess.PIPE,
            env=self.cgi_environment(path, query),
            check=False,
        ).stdout
        head, _, body = answer.partition(b"\r\n\r\n")
        self.send_answer(head.decode(), body)

    do_GET = do_POST = serve

    def cgi_environment(self, path, query):
        return {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": self.server.directory,
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": self.server.directory,
            "REMOTE_USER": "tester",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def send_answer(self, head, body):
        fields = dict(line.split(": ", 1) for line in head.split("\r\n"))
        self.send_response(int(fields.pop("Status", "200 OK").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.directory, server.token = sys.argv[1:]
    server.timeout = 60
    child = os.fork()
    if child:
        print(server.server_port, child)
        return
    for fd in (0, 1, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR), fd)
    idle = []
    server.handle_timeout = lambda: idle.append(True)
    while not idle and os.path.isdir(server.directory):
        server.handle_request()


main()
