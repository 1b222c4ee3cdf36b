/** Signs that look like others: a letter of Cyrillic, Greek or Japanese writing or a digit, and what is read. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    ...["0o", "1l", "il", "|l", "5s", "$s"],
    ...["аa", "еe", "оo", "рp", "сc", "уy", "хx", "іl", "јj", "ѕs", "ԁd", "һh", "ӏl"],
    ...["αa", "εe", "οo", "ρp", "νv", "χx", "ιl", "κk", "τt"],
    ...["カ力", "ロ口", "ニ二", "ハ八", "エ工", "タ夕", "ト卜", "へヘ", "りリ"],
  ].map((pair) => [pair.charAt(0), pair.charAt(1)]),
);

/** Whoever is called so, or has it in their name, would be taken for somebody with a say. */
const OFFICIAL = ["official", "公式", "運営", "事務局", "treasury", "金庫", "timelock", "multisig"];

/** Who is called so, and nothing else, would be too. */
const ROLES = [
  ...["safe", "the safe", "admin", "administrator", "moderator", "mod", "owner", "founder", "staff", "team"],
  ...[
    "support",
    "help",
    "help desk",
    "system",
    "steward",
    "issuer",
    "guardian",
    "governor",
    "the shop",
    "shop",
  ],
  ...["dao", "nobody", "お店", "店", "店長", "店主", "管理者", "管理人", "代表", "本部", "社長", "オーナー"],
  ...["スタッフ", "サポート", "窓口", "システム", "創業者", "担当者", "投票箱", "工房"],
];

/** As many letters of a brand's name tell it from others also within a longer name: in Japanese writing, and in any other. */
const [TELLING_JAPANESE, TELLING] = [3, 8];

/**
 * Whether a nickname seems to be what no nickname is: an address, the brand, or somebody with a role. It is shown as what somebody
 * calls themselves then, and never as their name.
 *
 * @param brand What the brand and its token are called.
 */
export function imitates(nickname: string, brand: readonly string[]): boolean {
  if (isLikeAddress(nickname) || isMixed(nickname)) return true;
  const text = skeletonOf(nickname);
  // Without a letter that is seen, a name is nothing that anybody could be told by.
  if (text === "") return !/\p{Extended_Pictographic}/u.test(nickname);
  if (OFFICIAL.some((word) => text.includes(skeletonOf(word)))) return true;
  if (ROLES.some((word) => text === skeletonOf(word))) return true;
  return brand.some((name) => isLikeBrand(text, name));
}

/** A brand's name is its own, and so is each word of it; and what tells it from others, within a longer name too. */
function isLikeBrand(text: string, brand: string): boolean {
  return [brand, ...brand.split(/[\s・|/_-]+/u)].some((part) => {
    const name = skeletonOf(part);
    const isJapanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name);
    const isTelling = name.length >= (isJapanese ? TELLING_JAPANESE : TELLING);
    return name !== "" && (isTelling ? text.includes(name) : text === name);
  });
}

/** `0x…`, `70997970…79C8`, a name of ENS. */
function isLikeAddress(nickname: string): boolean {
  const text = nickname.normalize("NFKC").replaceAll(/\s/gu, "").toLowerCase();
  return (
    /^[0оο][xхχ×]/u.test(text) ||
    /[\da-f]{3}(?:…|⋯|\.{2,3}|·{2,3}|--|__)[\da-f]{2}/u.test(text) ||
    /^(?=.*\d)[\da-f]{8,}$/u.test(text) ||
    text.endsWith(".eth")
  );
}

/** Letters of other writings that look like Latin ones don't stand among these but to deceive. */
function isMixed(nickname: string): boolean {
  const text = nickname.normalize("NFKC").toLowerCase();
  if (!/[a-z]/u.test(text)) return false;
  return Array.from(text).some(
    (letter) => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(letter) && LOOKALIKES.has(letter),
  );
}

/** What of a text is compared: letters and digits, those that look alike as one. */
function skeletonOf(text: string): string {
  const letters = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}|$]/gu, "");
  return Array.from(letters, (letter) => LOOKALIKES.get(letter) ?? letter).join("");
}
