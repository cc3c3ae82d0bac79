// A node between the page and the chain that can be made to fail in any of the ways in which nodes fail.
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { pipeline } from "node:stream/promises";

const HEADERS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "content-type",
  "access-control-expose-headers": "retry-after",
  "content-type": "application/json",
};
const MEGABYTE = "0".repeat(1 << 20);

/**
 * Starts a node that hands everything on to the one at `target`. Set `fault` to one of `faults` to spoil its answers,
 * to undefined to heal it; `target` too can be changed. `requests` counts what it was asked, `mostMegabytes` tells how
 * much of an oversized answer was taken. Websockets are handed on too, whatever the fault; `lines` counts those opened,
 * `cut` breaks them, and while `deaf` none is opened.
 */
export async function startFaultProxy(target) {
  const proxy = { target, fault: undefined, requests: 0, mostMegabytes: 0, lines: 0, deaf: false };
  const sockets = new Set();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    if (request.method === "OPTIONS") return response.writeHead(204, HEADERS).end();
    proxy.requests += 1;
    const exchange = {
      proxy,
      response,
      forward: (text = body) => forward(proxy.target, text),
      body,
    };
    try {
      await (proxy.fault ?? faults.none)(exchange);
    } catch {
      // The chain behind is gone, or the page has hung up: there is nobody left to answer.
      response.destroy();
    }
  });
  server.on("upgrade", (request, socket, head) => {
    if (proxy.deaf) return socket.destroy();
    proxy.lines += 1;
    const { hostname, port } = new URL(proxy.target);
    const behind = connect(Number(port), hostname, () => {
      const fields = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      behind.write(`GET / HTTP/1.1\r\n${fields.join("")}\r\n`);
      behind.write(head);
      socket.pipe(behind).pipe(socket);
    });
    for (const [end, other] of [[socket, behind], [behind, socket]]) {
      sockets.add(end);
      end.on("error", () => {}).on("close", () => {
        sockets.delete(end);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy.url = `http://127.0.0.1:${server.address().port}`;
  proxy.cut = () => sockets.forEach((socket) => socket.destroy());
  proxy.stop = async () => {
    server.close();
    proxy.cut();
    server.closeAllConnections();
    await once(server, "close");
  };
  return proxy;
}

async function forward(target, body) {
  const answer = await fetch(target, { method: "POST", headers: { "content-type": "application/json" }, body });
  return answer.text();
}

function answer({ response }, text, status = 200, headers = {}) {
  response.writeHead(status, { ...HEADERS, ...headers }).end(text);
}

/** The answers' JSON, single or in a batch, each changed by `change`. */
async function changed(exchange, change) {
  const answers = JSON.parse(await exchange.forward());
  answer(exchange, JSON.stringify(Array.isArray(answers) ? answers.map(change) : change(answers)));
}

/** The ways to fail. */
export const faults = {
  none: async (exchange) => answer(exchange, await exchange.forward()),
  /** The connection breaks at once. */
  down: ({ response }) => response.destroy(),
  /** The question is taken, and no answer ever comes. */
  silent: () => {},
  /** The answer begins and never ends. */
  stalled: ({ response }) => response.writeHead(200, HEADERS).write('{"jsonrpc":"2.0",'),
  /** Half of the requests fail: those whose number has an odd count of binary ones, an order without a rhythm. */
  half: (exchange) => {
    const ones = exchange.proxy.requests.toString(2).replaceAll("0", "").length;
    return ones % 2 ? answer(exchange, "", 503) : faults.none(exchange);
  },
  /** Each answer takes `ms`. */
  slow: (ms) => async (exchange) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await faults.none(exchange);
  },
  /** The second half of each answer is missing. */
  truncated: async (exchange) => {
    const text = await exchange.forward();
    answer(exchange, text.slice(0, text.length / 2));
  },
  /** An answer of 50 MB, sent as fast as it is read. */
  oversized: async ({ proxy, response }) => {
    response.writeHead(200, HEADERS);
    let megabytes = 0;
    await pipeline(function* () {
      yield '{"jsonrpc":"2.0","id":1,"result":"0x';
      for (; megabytes < 50; megabytes += 1) yield MEGABYTE;
      yield '"}';
    }, response).catch(() => {});
    proxy.mostMegabytes = Math.max(proxy.mostMegabytes, megabytes);
  },
  /** Each answer is that to another question. */
  wrongIds: (exchange) => changed(exchange, (reply) => ({ ...reply, id: reply.id + 1 })),
  /** Each answer is a number, though in proper JSON-RPC. */
  lying: (exchange) => changed(exchange, (reply) => ({ ...reply, result: `0x${"f".repeat(64)}` })),
  /** A web page instead of JSON, as hotel networks and dead hosts send it. */
  html: (exchange) => answer(exchange, "<!doctype html><title>Welcome</title>", 200, { "content-type": "text/html" }),
  /** Too many requests: come back after `wait`, seconds or a date. */
  limited: (wait) => (exchange) => answer(exchange, "", 429, { "retry-after": String(wait) }),
  /** The node stands still at `block`, and knows nothing newer. */
  stale: (block) => async (exchange) => {
    const quantity = `0x${block.toString(16)}`;
    const requests = JSON.parse(exchange.body.replaceAll('"latest"', `"${quantity}"`).replaceAll('"pending"', `"${quantity}"`));
    const replies = JSON.parse(await exchange.forward(JSON.stringify(requests)));
    const asked = [requests].flat().filter(({ method }) => method === "eth_blockNumber").map(({ id }) => id);
    const told = (reply) => (asked.includes(reply.id) ? { ...reply, result: quantity } : reply);
    answer(exchange, JSON.stringify(Array.isArray(replies) ? replies.map(told) : told(replies)));
  },
};
