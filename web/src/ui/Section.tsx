import type { ReactNode } from "react";
import { useId } from "react";

interface Props {
  readonly title: ReactNode;
  /** At the end of the line: a number, or a link. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A ruled line, a heading, and what is under it. */
export function Section({ title, aside, className, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {typeof aside === "string" ? <span className="small quiet">{aside}</span> : aside}
      </div>
      {children}
    </section>
  );
}
