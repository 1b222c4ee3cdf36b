import { useContext, useState } from "react";
import { Link } from "wouter";
import { useAccount } from "../../account/useAccount.js";
import { saveFile } from "../../files/saveFile.js";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { PassesView, PassView } from "../../reader/answers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { lateOf } from "../../start/late.js";
import { DocumentContext } from "../../ui/Address.js";
import { Section } from "../../ui/Section.js";
import { addressOf, canShare, pngOf } from "./picture.js";

// Read where there is one to be made.
const MintPass = lateOf(() => import("./MintPass.js"), "MintPass");

const TEXTS = catalogue({
  ja: {
    title: "会員カード",
    count: (count: string) => `${count}枚`,
    number: (number: string) => `第${number}号`,
    picture: (number: string, title: string, points: string) =>
      `会員カード 第${number}号。いまの持ち主は${title}${points}ポイント。`,
    titled: (title: string) => `「${title}」、`,
    from: (number: string) => `${number}番のバッジから生まれた会員カードです。`,
    shows: "絵が映すのは、いま持っている人の称号とポイントです。",
    sold: "ゆずることも、売ることもできます。そのあとは、新しい持ち主の称号とポイントを映します。あなたのバッジと称号は、あなたに残ります。",
    more: (count: string) => `ほかに${count}枚あります。`,
    perks: "特典を見る",
    save: "画像を保存する",
    share: "画像を送る",
    failed: "画像をつくれませんでした。",
  },
  en: {
    title: "Membership card",
    count: (count: string) => count,
    number: (number: string) => `No. ${number}`,
    picture: (number: string, title: string, points: string) =>
      `Membership card no. ${number}. Its holder now: ${title}${points} points.`,
    titled: (title: string) => `${title}, `,
    from: (number: string) => `It came with badge no. ${number}.`,
    shows: "It shows the title and the points of whoever holds it now.",
    sold: "You can give it away or sell it. From then on it shows the title and the points of its new holder. Your badges and your title stay with you.",
    more: (count: string) => `There are ${count} more.`,
    perks: "See the perks",
    save: "Save the picture",
    share: "Share the picture",
    failed: "The picture couldn’t be made.",
  },
});

/** The membership cards that somebody holds, and the one that they could have. */
export function Passes({ account }: { readonly account: string }) {
  const known = useAnswer({ what: "passes", account });
  const view = known.answer;
  if (view === undefined || view === null) return null;
  return <Held of={view} again={known.again} />;
}

function Held({ of: view, again }: { readonly of: PassesView; readonly again: () => void }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const own = useAccount().account;
  const isOwn = own?.address === view.account;
  const badge = isOwn || own?.send !== undefined ? view.mintable : null;
  if (view.count === 0 && badge === null) return null;
  return (
    <Section
      title={texts.title}
      {...(view.count > 1 ? { aside: texts.count(format.number(view.count)) } : {})}
    >
      <div className="stack">
        {view.passes.map((pass) => (
          <Pass key={pass.number} of={pass} view={view} isOwn={isOwn} />
        ))}
        {view.count > view.passes.length && (
          <p className="small quiet">{texts.more(format.number(view.count - view.passes.length))}</p>
        )}
        {view.count > 0 && <p className="small quiet">{isOwn ? texts.sold : texts.shows}</p>}
        {badge !== null && (
          <MintPass key={badge} badge={badge} kind={view.kind ?? ""} holder={view.account} again={again} />
        )}
        {isOwn && (
          <p>
            <Link href="/perks">{texts.perks}</Link>
          </p>
        )}
      </div>
    </Section>
  );
}

interface PassProps {
  readonly of: PassView;
  readonly view: PassesView;
  readonly isOwn: boolean;
}

function Pass({ of: { number, picture }, view: { title, points }, isOwn }: PassProps) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const [hasFailed, setFailed] = useState(false);
  const slug = useContext(DocumentContext)?.record.slug ?? "";
  const name = `${slug}-${number}.png`;
  const told = format.number(number);
  const draw = async (use: (png: Blob) => Promise<void> | void) => {
    setFailed(false);
    try {
      await use(await pngOf(picture));
    } catch (error) {
      // Who closes the browser's own sheet has changed their mind.
      if (!(error instanceof DOMException && error.name === "AbortError")) setFailed(true);
    }
  };
  return (
    <figure className="pass stack snug">
      <img
        src={addressOf(picture)}
        width="600"
        height="380"
        alt={texts.picture(told, title === null ? "" : texts.titled(title), format.number(points))}
      />
      <figcaption className="small">
        <b>{texts.number(told)}</b> <span className="quiet">{texts.from(told)}</span>
      </figcaption>
      {isOwn && (
        <p className="buttons">
          <button
            className="button second"
            type="button"
            onClick={() =>
              void draw((png) => {
                saveFile(name, png, png.type);
              })
            }
          >
            {texts.save}
          </button>
          {canShare() && (
            <button
              className="link"
              type="button"
              onClick={() =>
                void draw((png) => navigator.share({ files: [new File([png], name, { type: png.type })] }))
              }
            >
              {texts.share}
            </button>
          )}
        </p>
      )}
      <p className="small" role="status">
        {hasFailed && texts.failed}
      </p>
    </figure>
  );
}
