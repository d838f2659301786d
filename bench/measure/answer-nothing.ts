/** A server that answers every request with 200 and nothing else: what a call costs before anybody does anything. */
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";

const server = createServer((message, response) => {
  message.resume();
  message.on("end", () => response.writeHead(200, { "content-length": "0" }).end());
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => {
  server.close(() => process.disconnect());
  server.closeAllConnections();
});
