import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fetchAddress, type AddressFacts } from "../../../threats-api.ts";
import classes from "./address-note.module.css";

export interface AddressNoteProps {
  readonly address: string;
  readonly tz: "local" | undefined;
}

const shape = /^[\da-f:.]{3,45}$/i;

/** Where an event's address lies and whose it is, where that is known; and which lists warn of it. */
export function AddressNote({ address, tz }: AddressNoteProps) {
  const isAddress = shape.test(address) && /[.:]/.test(address);
  const facts = useQuery({
    queryKey: ["detect", "address", address],
    queryFn: ({ signal }) => fetchAddress(address, signal),
    enabled: isAddress,
    staleTime: Infinity,
    retry: false,
  });
  const words = facts.data === undefined ? "" : addressWords(facts.data);
  const lists = facts.data?.lists ?? [];
  if (words === "" && lists.length === 0) return null;
  return (
    <p className={classes["note"]} data-listed={lists.length > 0}>
      <VisibleText text={address} />
      {words === "" ? null : (
        <>
          : <VisibleText text={words} />
          {facts.data?.owner === "" ? null : (
            // Its licence asks for the link wherever the data is shown.
            <>
              {" ("}
              <a href="https://db-ip.com" target="_blank" rel="noreferrer">
                IP address data by DB-IP
              </a>
              )
            </>
          )}
        </>
      )}
      {lists.length === 0 ? null : (
        <>
          {" "}
          –{" "}
          <Link to="/detect/threat-lists" search={{ tz }}>
            <VisibleText text={`warned of by ${lists.join(", ")}`} />
          </Link>
        </>
      )}
    </p>
  );
}

function addressWords({ nature, country, owner, asn }: AddressFacts): string {
  const name = countryName(country);
  const whose = [owner, asn === null ? "" : `AS${String(asn)}`].filter(Boolean).join(", ");
  switch (nature) {
    case "private":
      return "a private network’s address";
    case "aws":
      return ["AWS’s own network", name].filter(Boolean).join(", ");
    case "service":
      return "an AWS service";
    case "public":
    case "unknown":
      return [name, whose].filter(Boolean).join(" · ");
  }
}

const countries = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}
