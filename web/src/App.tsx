import type { Language, PageDocument } from "@kyoso/sdk/page";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { Route, Router, Switch } from "wouter";
import { WithAccounts } from "./account/WithAccounts.js";
import { Frame } from "./frame/Frame.js";
import { LanguageContext, languageFor, remember } from "./language/language.js";
import { Names } from "./people/names.js";
import { readOwnNames, withName } from "./people/ownNames.js";
import { OwnNamesContext, PeopleContext } from "./people/PeopleContext.js";
import type { Reader } from "./reader/client.js";
import { ReaderContext } from "./reader/ReaderContext.js";
import { BASE_PATH } from "./start/base.js";
import { DocumentContext } from "./ui/Address.js";
import { Waiting } from "./ui/states.js";

// Each view is a file of its own, read when somebody goes there.
const Home = lazy(() => import("./views/home/Home.js").then(({ Home: view }) => ({ default: view })));
const Proposals = lazy(() =>
  import("./views/proposals/Proposals.js").then(({ Proposals: view }) => ({ default: view })),
);
const Proposal = lazy(() =>
  import("./views/proposals/Proposal.js").then(({ Proposal: view }) => ({ default: view })),
);
const Propose = lazy(() =>
  import("./views/propose/Propose.js").then(({ Propose: view }) => ({ default: view })),
);
const Members = lazy(() =>
  import("./views/members/Members.js").then(({ Members: view }) => ({ default: view })),
);
const Member = lazy(() =>
  import("./views/members/Member.js").then(({ Member: view }) => ({ default: view })),
);
const Powers = lazy(() => import("./views/powers/Powers.js").then(({ Powers: view }) => ({ default: view })));
const Claim = lazy(() => import("./views/claim/Claim.js").then(({ Claim: view }) => ({ default: view })));
const Redeem = lazy(() => import("./views/claim/Redeem.js").then(({ Redeem: view }) => ({ default: view })));
const Settings = lazy(() =>
  import("./views/settings/Settings.js").then(({ Settings: view }) => ({ default: view })),
);
const Evidence = lazy(() =>
  import("./views/evidence/Evidence.js").then(({ Evidence: view }) => ({ default: view })),
);
const NotThere = lazy(() =>
  import("./views/other/NotThere.js").then(({ NotThere: view }) => ({ default: view })),
);

interface Props {
  readonly document: PageDocument;
  readonly reader: Reader;
}

export function App({ document, reader }: Props) {
  const [language, setLanguage] = useState<Language>(() =>
    languageFor(document.page.languages, navigator.languages),
  );
  const [own, setOwn] = useState(() => readOwnNames(document));
  const names = useMemo(() => new Names(document, own), [document, own]);
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
      <Route>
        <NotThere />
      </Route>
    </Switch>
  );
}
