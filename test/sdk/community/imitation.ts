// cspell:ignore Ѕafe trеasury ofﬁcial vitalik akura sakurako Алёна Ωmega مريم ＳＡＫＵＲＡ
import { expect } from "chai";
import { imitates } from "../../../sdk/community/imitation.js";

const BRAND = ["さくら珈琲 共創コミュニティ", "sakura-coffee", "SAKURA"];

describe("a nickname that seems to be somebody else", () => {
  for (const [what, nicknames] of Object.entries({
    "an address": [
      "0x70997970C51812dc3A010C7d01b5",
      "0x7099…79C8",
      "0X7099",
      "０ｘ７０９９",
      "0х7099",
      "7099...79C8",
      "70997970c518",
      "vitalik.eth",
    ],
    "the brand": [
      "さくら珈琲",
      "さくら珈琲 店長",
      "サクラ さくら珈琲の人",
      "SAKURA",
      "ＳＡＫＵＲＡ",
      "S.A.K.U.R.A",
      "sakura-coffee",
      "Sakura Coffee",
      "the sakura coffee shop",
      "5akura",
    ],
    "a role": [
      "Safe",
      "safe",
      "S a f e",
      "Ѕafe",
      "treasury",
      "trеasury",
      "The Treasury",
      "金庫",
      "公式",
      "【公式】はな",
      "運営チーム",
      "お店",
      "店長",
      "Admin",
      "Adm1n",
      "Official support",
      "ofﬁcial",
      "スタッフ",
      "スタッフ☆",
    ],
    nothing: ["...", "　", "・・・", "!!"],
  })) {
    it(`is told where it is like ${what}`, () => {
      for (const nickname of nicknames) expect(imitates(nickname, BRAND), nickname).to.equal(true);
    });
  }

  it("is told from the others, which most people have", () => {
    for (const nickname of [
      ...["はな", "はな 🌸", "青木さん", "🌸", "コーヒー好き", "Oxford", "Safeguard Sam", "Coffee lover"],
      ...[
        "Алёна",
        "Ωmega",
        "مريم",
        "O'Brien",
        "佐々木",
        "店番ねこ",
        "sakurako",
        "Bean 2024",
        "decade",
        "Beth",
      ],
    ])
      expect(imitates(nickname, BRAND), nickname).to.equal(false);
  });
});
