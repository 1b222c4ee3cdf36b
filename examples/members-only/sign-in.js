// What the buttons of the pages do, in the browser. No library: a wallet in the browser is all that is asked.
/* global document, fetch, location, TextEncoder, window */

const status = document.querySelector("#status");

function on(button, action) {
  document.querySelector(button)?.addEventListener("click", async () => {
    status.textContent = "…";
    try {
      await action();
    } catch (error) {
      status.textContent = error.message;
    }
  });
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  const answer = await response.json();
  if (!response.ok)
    throw new Error([answer.problem.message, answer.problem.remedy].filter(Boolean).join(". "));
  return answer;
}

function hexOf(text) {
  return `0x${Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

on("#sign-in", async () => {
  const wallet = window.ethereum;
  if (wallet === undefined) throw new Error("There is no wallet in this browser.");
  const [account] = await wallet.request({ method: "eth_requestAccounts" });
  const { message } = await post("/sign-in/begin", { account });
  const signature = await wallet.request({ method: "personal_sign", params: [hexOf(message), account] });
  await post("/sign-in", { message, signature });
  location.assign("/members");
});

on("#coupon", async () => {
  const { code, receipt } = await post("/coupon");
  status.textContent = `${code} (receipt ${receipt})`;
});

on("#sign-out", async () => {
  await post("/sign-out");
  location.assign("/");
});
