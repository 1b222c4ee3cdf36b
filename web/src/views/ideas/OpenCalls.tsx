import { Link } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { Section } from "../../ui/Section.js";
import { OpenCall } from "./OpenCall.js";

const TEXTS = catalogue({
  ja: { title: "いま募集しています", all: "すべての募集" },
  en: { title: "Open now", all: "All calls" },
});

/** As many are shown here; all of them are a page of their own. */
const MOST = 2;

interface Props {
  readonly first: boolean;
}

/** On the first page: what the brand asks at the moment. Nothing, where it asks nothing. */
export function OpenCalls({ first }: Props) {
  const texts = useTexts(TEXTS);
  const { answer } = useAnswer({ what: "ideaCalls" });
  if (answer === undefined || answer.open.length === 0) return null;
  const { open, now, symbol } = answer;
  return (
    <Section title={texts.title} aside={<Link href="/calls">{texts.all}</Link>}>
      <div className="stack loose">
        {open.slice(0, MOST).map((call, i) => (
          <OpenCall key={call.number} of={call} now={now} symbol={symbol} first={first && i === 0} />
        ))}
      </div>
    </Section>
  );
}
