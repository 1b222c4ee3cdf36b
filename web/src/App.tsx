import type { Language, PageDocument } from "@kyoso/sdk/page";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { Route, Router, Switch } from "wouter";
import { Frame } from "./frame/Frame.js";
import { LanguageContext, languageFor, remember } from "./language/language.js";
import { Names } from "./people/names.js";
import { PeopleContext } from "./people/PeopleContext.js";
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
const Members = lazy(() =>
  import("./views/members/Members.js").then(({ Members: view }) => ({ default: view })),
);
const Member = lazy(() =>
  import("./views/members/Member.js").then(({ Member: view }) => ({ default: view })),
);
const Powers = lazy(() => import("./views/powers/Powers.js").then(({ Powers: view }) => ({ default: view })));
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
  const names = useMemo(() => new Names(document), [document]);
  const speak = useCallback((chosen: Language) => {
    remember(chosen);
    setLanguage(chosen);
  }, []);
  return (
    <DocumentContext value={document}>
      <ReaderContext value={reader}>
        <PeopleContext value={names}>
          <LanguageContext value={language}>
            <Router base={BASE_PATH}>
              <Frame speak={speak}>
                <Suspense fallback={<Waiting />}>
                  <Views />
                </Suspense>
              </Frame>
            </Router>
          </LanguageContext>
        </PeopleContext>
      </ReaderContext>
    </DocumentContext>
  );
}

function Views() {
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
      <Route path="/members">
        <Members />
      </Route>
      <Route path={/^\/members\/(?<account>0x[0-9a-fA-F]{40})\/?$/u}>
        {({ account }) => <Member key={account} account={account ?? ""} />}
      </Route>
      <Route path="/powers">
        <Powers />
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
