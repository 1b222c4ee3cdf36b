import { useContext } from "react";
import { Link } from "wouter";
import { AccountMark } from "../account/AccountMark.js";
import { catalogue, useTexts } from "../language/language.js";
import { useAnswer } from "../reader/useAnswer.js";
import { DocumentContext } from "../ui/Address.js";
import { HomeIcon, IdeasIcon, MembersIcon, PowersIcon, ProposalsIcon } from "./icons.js";

const TEXTS = catalogue({
  ja: {
    contents: "もくじ",
    home: "ホーム",
    proposals: "提案",
    ideas: "アイデア",
    members: "メンバー",
    powers: "しくみ",
    open: (count: string) => `(投票中の提案が${count}件)`,
  },
  en: {
    contents: "Contents",
    home: "Home",
    proposals: "Proposals",
    ideas: "Ideas",
    members: "Members",
    powers: "How it works",
    open: (count: string) => `(${count} open to votes)`,
  },
});

/** At the head of a view: the contents of the book, and who reads it. */
export function Contents({ path }: { readonly path: string }) {
  const texts = useTexts(TEXTS);
  const open = useAnswer({ what: "open" }).answer ?? 0;
  const modules = useContext(DocumentContext)?.record.modules;
  const tabs = [
    ["/", texts.home, <HomeIcon key="home" />],
    ["/proposals", texts.proposals, <ProposalsIcon key="proposals" />],
    ...(modules?.board === undefined ? [] : [["/calls", texts.ideas, <IdeasIcon key="ideas" />] as const]),
    ["/members", texts.members, <MembersIcon key="members" />],
    ["/powers", texts.powers, <PowersIcon key="powers" />],
  ] as const;
  return (
    <>
      <nav className="contents" aria-label={texts.contents}>
        <ul>
          {tabs.map(([to, name, icon]) => {
            const isHere =
              to === "/"
                ? path === "/"
                : path.startsWith(to) || (to === "/calls" && path.startsWith("/ideas"));
            return (
              <li key={to}>
                <Link
                  href={to}
                  {...(isHere ? { "aria-current": path === to ? ("page" as const) : ("true" as const) } : {})}
                >
                  {icon}
                  {name}
                  {to === "/proposals" && open > 0 && (
                    <>
                      <span className="count" aria-hidden="true">
                        {open}
                      </span>
                      <span className="visually-hidden">{texts.open(open.toString())}</span>
                    </>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <AccountMark />
    </>
  );
}
