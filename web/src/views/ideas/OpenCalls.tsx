import { Link } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import type { IdeaCallSummary } from "../../reader/ideaAnswers.js";
import { Section } from "../../ui/Section.js";
import { OpenCall } from "./OpenCall.js";

const TEXTS = catalogue({
  ja: { title: "いま募集しています", all: "すべての募集" },
  en: { title: "Open now", all: "All calls" },
});

/** As many are shown here; all of them are a page of their own. */
const MOST = 2;

interface Props {
  readonly calls: readonly IdeaCallSummary[];
  readonly now: number;
  readonly symbol: string;
  readonly first: boolean;
}

/** On the first page: what the brand asks at the moment. */
export function OpenCalls({ calls, now, symbol, first }: Props) {
  const texts = useTexts(TEXTS);
  return (
    <Section title={texts.title} aside={<Link href="/calls">{texts.all}</Link>}>
      <div className="stack loose">
        {calls.slice(0, MOST).map((call, i) => (
          <OpenCall key={call.number} of={call} now={now} symbol={symbol} first={first && i === 0} />
        ))}
      </div>
    </Section>
  );
}
