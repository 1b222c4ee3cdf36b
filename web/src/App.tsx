import type { Language, PageDocument } from "@kyoso/sdk/page";
import { Suspense, useCallback, useMemo, useState, useSyncExternalStore } from "react";
import { Route, Router, Switch } from "wouter";
import { WithAccounts } from "./account/WithAccounts.js";
import { Frame } from "./frame/Frame.js";
import { Contents } from "./frame/late.js";
import { LanguageContext, languageFor, remember } from "./language/language.js";
import { Names } from "./people/names.js";
import { readOwnNames, withName } from "./people/ownNames.js";
import { OwnNamesContext, PeopleContext } from "./people/PeopleContext.js";
import type { Reader } from "./reader/client.js";
import { ReaderContext } from "./reader/ReaderContext.js";
import { BASE_PATH, isLeaf } from "./start/base.js";
import { lateOf } from "./start/late.js";
import { DocumentContext } from "./ui/Address.js";
import { Waiting } from "./ui/states.js";

// Each view is a file of its own, read when somebody goes there.
const Home = lateOf(() => import("./views/home/Home.js"), "Home");
const Proposals = lateOf(() => import("./views/proposals/Proposals.js"), "Proposals");
const Proposal = lateOf(() => import("./views/proposals/Proposal.js"), "Proposal");
const Propose = lateOf(() => import("./views/propose/Propose.js"), "Propose");
const Members = lateOf(() => import("./views/members/Members.js"), "Members");
const Member = lateOf(() => import("./views/members/Member.js"), "Member");
const Powers = lateOf(() => import("./views/powers/Powers.js"), "Powers");
const Claim = lateOf(() => import("./views/claim/Claim.js"), "Claim");
const Redeem = lateOf(() => import("./views/claim/Redeem.js"), "Redeem");
const Settings = lateOf(() => import("./views/settings/Settings.js"), "Settings");
const Evidence = lateOf(() => import("./views/evidence/Evidence.js"), "Evidence");
const Perks = lateOf(() => import("./views/perks/Perks.js"), "Perks");
const IdeaCalls = lateOf(() => import("./views/ideas/IdeaCalls.js"), "IdeaCalls");
const IdeaCall = lateOf(() => import("./views/ideas/IdeaCall.js"), "IdeaCall");
const Idea = lateOf(() => import("./views/ideas/Idea.js"), "Idea");
const NotThere = lateOf(() => import("./views/other/NotThere.js"), "NotThere");

/** What stands behind the first part of a path; and behind its second part, where that names one of many. */
const VIEWS = new Map<string, readonly { readonly ahead: () => Promise<void> }[]>([
  ["", [Home]],
  ["proposals", [Proposals, Proposal]],
  ["calls", [IdeaCalls, IdeaCall]],
  ["ideas", [NotThere, Idea]],
  ["propose", [Propose]],
  ["members", [Members, Member]],
  ["powers", [Powers]],
  ["claim", [Claim]],
  ["redeem", [Redeem]],
  ["settings", [Settings]],
  ["evidence", [Evidence]],
  ["perks", [Perks]],
]);

/** Reads the file of the view that a visit begins with, while all else that it needs is still on its way. */
export async function readAhead(path: string): Promise<void> {
  const [first = "", second = ""] = path.split("/").slice(1);
  const view = VIEWS.get(first)?.[second === "" ? 0 : 1];
  await Promise.all([view?.ahead(), isLeaf(path) ? undefined : Contents.ahead()]);
}

interface Props {
  readonly document: PageDocument;
  readonly reader: Reader;
}

export function App({ document, reader }: Props) {
  const [language, setLanguage] = useState<Language>(() =>
    languageFor(document.page.languages, navigator.languages),
  );
  const [own, setOwn] = useState(() => readOwnNames(document));
  const chosen = useSyncExternalStore(reader.listen, reader.chosen);
  const names = useMemo(() => new Names(document, own, chosen), [document, own, chosen]);
  const ownNames = useMemo(
    () => ({
      names: own,
      rename: (address: string, name: string) => {
        setOwn((before) => withName(before, address, name, document));
      },
    }),
    [own, document],
  );
  const speak = useCallback((chosen: Language) => {
    remember(chosen);
    setLanguage(chosen);
  }, []);
  return (
    <DocumentContext value={document}>
      <ReaderContext value={reader}>
        <OwnNamesContext value={ownNames}>
          <PeopleContext value={names}>
            <LanguageContext value={language}>
              <WithAccounts document={document}>
                <Router base={BASE_PATH}>
                  <Frame speak={speak}>
                    <Suspense fallback={<Waiting />}>
                      <Views speak={speak} />
                    </Suspense>
                  </Frame>
                </Router>
              </WithAccounts>
            </LanguageContext>
          </PeopleContext>
        </OwnNamesContext>
      </ReaderContext>
    </DocumentContext>
  );
}

function Views({ speak }: { readonly speak: (language: Language) => void }) {
  return (
    <Switch>
      <Route path="/">
        <Home />
      </Route>
      <Route path="/proposals">
        <Proposals />
      </Route>
      <Route path={/^\/proposals\/(?<number>\d{1,6})\/?$/u}>
        {({ number }) => <Proposal key={number} number={Number(number)} />}
      </Route>
      <Route path="/calls">
        <IdeaCalls />
      </Route>
      <Route path={/^\/calls\/(?<number>\d{1,6})\/?$/u}>
        {({ number }) => <IdeaCall key={number} number={Number(number)} />}
      </Route>
      <Route path={/^\/ideas\/(?<name>\d{1,6}-\d{1,5})\/?$/u}>
        {({ name }) => <Idea key={name} name={name ?? ""} />}
      </Route>
      <Route path="/propose">
        <Propose />
      </Route>
      <Route path="/members">
        <Members />
      </Route>
      <Route path={/^\/members\/(?<account>0x[0-9a-fA-F]{40})\/?$/u}>
        {({ account }) => <Member key={account} account={account ?? ""} />}
      </Route>
      <Route path="/powers">
        <Powers />
      </Route>
      <Route path="/claim">
        <Claim />
      </Route>
      <Route path="/redeem">
        <Redeem />
      </Route>
      <Route path="/settings">
        <Settings speak={speak} />
      </Route>
      <Route path="/evidence">
        <Evidence />
      </Route>
      <Route path="/perks">
        <Perks />
      </Route>
      <Route>
        <NotThere />
      </Route>
    </Switch>
  );
}
