import { useId } from "react";

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** What the number is in. */
  readonly unit?: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly isNumber?: boolean;
  readonly isOptional?: boolean;
}

/** A line of a form. What is typed is checked as the command line checks it, and stays as it was typed. */
export function Field({ label, hint, unit, value, change, isNumber = false, isOptional = false }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {unit !== undefined && <small>{unit}</small>}
      </label>
      <input
        id={id}
        value={value}
        required={!isOptional}
        autoComplete="off"
        spellCheck={!isNumber}
        inputMode={isNumber ? "decimal" : "text"}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
        onChange={({ target }) => {
          change(target.value);
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="small quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
