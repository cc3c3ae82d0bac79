// What the Demo wallet shows: its confirm dialogs, and the panel that switches among its test accounts.

const WEI_PER_ETHER = 10n ** 18n;

/** An amount of wei in ETH, exact, without trailing zeros. */
export function ether(wei) {
  const whole = wei / WEI_PER_ETHER;
  const rest = (wei % WEI_PER_ETHER).toString().padStart(18, "0").replace(/0+$/, "");
  return `${whole}${rest && `.${rest}`} ETH`;
}

/** Asks whether the page may see `account`. */
export function confirmConnect(account) {
  return confirm({
    title: "Connect the Demo wallet?",
    text: "This page will see the address and balance of a test account of the local chain.",
    facts: [["Account", account]],
    yes: "Connect",
  });
}

/** Asks whether `transaction` may be sent. */
export function confirmTransaction(transaction) {
  const { from, to, value = "0x0", gas, data = transaction.input ?? "0x" } = transaction;
  return confirm({
    title: "Send this transaction?",
    text: "It costs test ETH of the local chain, which is worth nothing.",
    facts: [
      ["From", from],
      ["To", to ?? "a new contract"],
      ["Value", ether(BigInt(value))],
      ["Gas limit", BigInt(gas).toLocaleString("en")],
      ["Data", data.length > 74 ? `${data.slice(0, 74)}…` : data],
    ],
    yes: "Confirm",
  });
}

/** A modal dialog; true for `yes`, false for Reject or Escape. */
function confirm({ title, text, facts, yes }) {
  const dialog = element("dialog", { className: "demo-wallet", id: "demo-wallet-dialog" });
  const heading = element("h2", { id: "demo-wallet-title", textContent: title });
  dialog.setAttribute("aria-labelledby", heading.id);
  const list = element("dl");
  for (const [name, value] of facts) {
    list.append(element("dt", { textContent: name }), element("dd", { textContent: value }));
  }
  const form = element("form", { method: "dialog" });
  form.append(
    element("button", { value: "no", textContent: "Reject", id: "demo-wallet-reject" }),
    element("button", { value: "yes", textContent: yes, id: "demo-wallet-confirm", autofocus: true }),
  );
  dialog.append(heading, element("p", { textContent: text }), list, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

/** The panel in the page's corner: which test account is active, and what it holds. */
export function showPanel(provider) {
  const panel = element("details", { className: "demo-wallet-panel", id: "demo-wallet-panel" });
  const label = element("label", { htmlFor: "demo-wallet-account", textContent: "Test account" });
  const select = element("select", { id: "demo-wallet-account" });
  provider.accounts.forEach((account, index) => {
    select.append(element("option", { value: account, textContent: `${index + 1}: ${account.slice(0, 8)}…${account.slice(-4)}` }));
  });
  const balance = element("output", { id: "demo-wallet-balance" });
  const refresh = async () => {
    try {
      balance.textContent = ether(await provider.balance());
    } catch {
      balance.textContent = "the local chain does not answer";
    }
  };
  select.addEventListener("change", () => {
    provider.select(select.value);
    refresh();
  });
  panel.addEventListener("toggle", refresh);
  panel.append(element("summary", { textContent: "Demo wallet" }), label, select, balance);
  document.body.append(panel);
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
