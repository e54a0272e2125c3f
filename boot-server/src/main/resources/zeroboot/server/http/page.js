"use strict";
// Rows of nodes, kept up to date by server-sent events. Text goes in as text: what a node says of
// itself is nobody's markup.
const rows = new Map();
const nodes = new Map();
const byId = (id) => document.getElementById(id);

function cell(row, name, text) {
  const td = document.createElement("td");
  td.className = name;
  td.textContent = text;
  row.append(td);
  return td;
}

function since(when) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(when)) / 1000));
  if (seconds < 60) return seconds + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min";
  return Math.floor(seconds / 3600) + " h";
}

function show(node) {
  nodes.set(node.mac, node);
  let row = rows.get(node.mac);
  if (!row) {
    row = document.createElement("tr");
    row.id = "node-" + node.mac.replaceAll(":", "-");
    rows.set(node.mac, row);
    const after = [...rows.keys()].sort().filter((mac) => mac > node.mac)[0];
    byId("nodes").insertBefore(row, after ? rows.get(after) : null);
  }
  row.className = node.step + (node.error ? " error" : "") + (node.why ? " why" : "");
  row.replaceChildren();
  const who = cell(row, "node", "");
  if (node.name) {
    const name = document.createElement("b");
    name.textContent = node.name;
    who.append(name);
  }
  const mac = document.createElement("span");
  mac.textContent = node.mac;
  who.append(mac);
  cell(row, "firmware", node.firmware);
  const step = cell(row, "step", node.shown);
  for (const text of [node.error, node.why, node.note]) {
    if (text) {
      const detail = document.createElement("span");
      detail.className = "detail";
      detail.textContent = text;
      step.append(detail);
    }
  }
  cell(row, "since", since(node.since));
  cell(row, "address", node.address || "");
}

function summary(connected) {
  const all = [...nodes.values()];
  const started = all.filter((node) => node.step === "started").length;
  const failed = all.filter((node) => node.step === "failed" || node.error || node.why).length;
  let text = all.length + (all.length === 1 ? " node, " : " nodes, ") + started + " started";
  if (failed) text += ", " + failed + " in trouble";
  byId("summary").textContent = connected ? text : "No connection to zboot serve; trying again …";
  byId("nobody").hidden = all.length > 0;
}

async function warnings() {
  const answer = await fetch("/api/nodes");
  const table = await answer.json();
  byId("warnings").replaceChildren(
    ...table.warnings.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }),
  );
  table.nodes.forEach(show);
}

function ask() {
  return warnings().then(() => summary(true), () => summary(false));
}

// A stream that is refused (too many pages are open) is not tried again by the browser: until one is
// to be had, the table is asked for.
function listen() {
  const events = new EventSource("/api/events");
  events.onopen = ask;
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) {
      ask();
      setTimeout(listen, 5000);
    } else {
      summary(false);
    }
  };
  events.onmessage = (event) => {
    show(JSON.parse(event.data));
    summary(true);
  };
}

listen();
setInterval(() => {
  for (const [mac, row] of rows) row.querySelector(".since").textContent = since(nodes.get(mac).since);
}, 1000);
