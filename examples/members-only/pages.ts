// The pages. `html` writes whatever is put in with ${} as text: nothing that a stranger wrote becomes HTML.
import { html } from "hono/html";

interface Said {
  readonly message: string;
  readonly remedy?: string;
}

type Page = ReturnType<typeof html>;

/** Where people sign in, and what kept them out. */
export function doorPage(problem?: Said): Page {
  const refused =
    problem === undefined ? "" : html`<p role="alert">${problem.message}. ${problem.remedy}</p>`;
  return page(
    "Members only",
    html`${refused}
      <p>Sign in with the account that has your badges. It costs nothing and moves nothing.</p>
      <p><button id="sign-in">Sign in</button></p>
      <p role="status" id="status"></p>`,
  );
}

/** What members see. */
export function membersPage(account: string, nickname: string): Page {
  // Anybody can take any nickname: the account stands beside it.
  const greeting = nickname === "" ? account : html`<bdi>${nickname}</bdi> (${account})`;
  return page(
    "Welcome",
    html`<p>Good to see you, ${greeting}.</p>
      <p><button id="coupon">Show my coupon</button></p>
      <p role="status" id="status"></p>
      <p><button id="sign-out">Sign out</button></p>`,
  );
}

function page(title: string, body: Page): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
        <script type="module" src="/sign-in.js"></script>
      </head>
      <body>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`;
}
