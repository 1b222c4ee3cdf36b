/** Browsers inside of other apps, by what they say of themselves. None of them can make a passkey. */
const APPS = [
  [/\bLine\//u, "LINE"],
  [/Instagram/u, "Instagram"],
  [/FBA[NV]|FB_IAB/u, "Facebook"],
  [/MicroMessenger/u, "WeChat"],
  [/\bTwitter/u, "X"],
  [/TikTok|musical_ly|BytedanceWebview/u, "TikTok"],
  [/; wv\)/u, ""],
] as const;

/** The app inside of which the page is open; undefined for a browser. */
export function appAround(userAgent: string): string | undefined {
  return APPS.find(([mark]) => mark.test(userAgent))?.[1];
}

/**
 * The address that an app opens in the browser, with the whole link: what comes after "#" goes with it. Only LINE has a word for
 * that; elsewhere people copy it.
 *
 * @param page The address of the page, without the link.
 */
export function outside(app: string, link: string, page: string): string {
  const url = new URL(page);
  url.hash = "";
  if (app === "LINE") url.searchParams.set("openExternalBrowser", "1");
  return `${url.href}#${link}`;
}
