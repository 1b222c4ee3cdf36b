import { useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallSummary } from "../../reader/ideaAnswers.js";
import { Moment } from "../../ui/Moment.js";
import { leftOf, TEXTS } from "./texts.js";

interface Props {
  readonly of: IdeaCallSummary;
  readonly now: number;
}

/** How long a call is open, or that it is decided; and its number. */
export function CallHead({ of: call, now }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const left = leftOf(call);
  return (
    <div className="when spread-line">
      {left === undefined ? (
        <span className="stamp yes">{texts.decided}</span>
      ) : (
        <p className="when">
          <b>{texts[left.what](format.duration(left.at - now))}</b>
          <span className="quiet">
            <Moment at={left.at}>{texts.until(format.moment(left.at, now))}</Moment>
          </span>
        </p>
      )}
      <span className="quiet">{(call.isPoll ? texts.poll : texts.number)(format.number(call.number))}</span>
    </div>
  );
}
