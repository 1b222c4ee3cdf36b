import { useId } from "react";

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** A text of many lines. */
export function TextField({ label, hint, value, change }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={8}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          change(target.value);
        }}
      />
      <p id={`${id}-hint`} className="small quiet">
        {hint}
      </p>
    </div>
  );
}
