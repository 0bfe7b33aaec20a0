// What staff see of a person, drawn into the reply of the form and never at an address of its own.

import { channelName } from "../../schema/channel-names.ts";
import { FindForm, type FindProps } from "./forms.tsx";
import { formatMoney, formatWhen } from "./format.ts";
import { type CounterFrame, CounterShell } from "./page.tsx";
import type { CounterOrder, CounterPerson, CounterVisit } from "./ports.ts";

interface PersonPageProps {
  readonly frame: CounterFrame;
  readonly people: readonly CounterPerson[];
  readonly find: FindProps;
  readonly now: number;
}

interface PartProps {
  readonly frame: CounterFrame;
  readonly person: CounterPerson;
  readonly now: number;
}

export function PersonPage({ frame, people, find, now }: PersonPageProps) {
  const { copy } = frame;
  const words = copy.person;
  return (
    <CounterShell frame={frame} title={words.title}>
      {people.length < 2 ? (
        <h1 class="visually-hidden">{words.title}</h1>
      ) : (
        <>
          <h1>{words.two}</h1>
          <p class="lead">{words.twoText}</p>
        </>
      )}
      {people.map((person, index) => (
        <Person
          frame={frame}
          person={person}
          now={now}
          side={people.length < 2 ? null : sideOf(person)}
          id={index}
        />
      ))}
      <p class="hint">{words.logged}</p>
      <h2 class="next">{copy.find.next}</h2>
      <FindForm frame={frame} {...find} />
    </CounterShell>
  );
}

/** Of two, the one whose visits could not even be known is the shop's. */
const sideOf = ({ visits }: CounterPerson): "store" | "shop" =>
  "leftOut" in visits && visits.leftOut === "not_linked" ? "shop" : "store";

function Person({ frame, person, now, side, id }: PartProps & { side: "store" | "shop" | null; id: number }) {
  const { copy } = frame;
  const words = copy.person;
  const { name, phone, stage, interests, categories } = person;
  return (
    <article class="card person" aria-labelledby={`name-${id}`}>
      {side === null ? null : <p class="side">{words[side]}</p>}
      <div class="who">
        <h2 id={`name-${id}`} class={name === null ? "unnamed" : undefined}>
          {name ?? words.noName}
        </h2>
        {stage === null ? null : <p class={`stage ${stage}`}>{words.stage[stage]}</p>}
      </div>
      {phone === null ? null : (
        <p class="quiet">
          {words.phone} {phone}
        </p>
      )}
      <Chips title={words.interests} values={interests} />
      <Chips title={words.buys} values={categories} />
      <Visits frame={frame} person={person} now={now} />
      <Orders frame={frame} person={person} now={now} />
      <Online frame={frame} person={person} now={now} />
      <Contact frame={frame} person={person} now={now} />
    </article>
  );
}

function Chips({ title, values }: { title: string; values: readonly string[] }) {
  if (values.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="chips">
        {values.map((value) => (
          <li>{value}</li>
        ))}
      </ul>
    </section>
  );
}

function Visits({ frame, person: { visits }, now }: PartProps) {
  const words = frame.copy.person;
  if ("leftOut" in visits) return <Part title={words.visits} text={words.visitsLeftOut[visits.leftOut]} />;
  const { total, here, last } = visits.shown;
  if (total === 0) return <Part title={words.visits} text={words.noVisits} />;
  const counts: [string, number][] = [
    [words.total, total],
    ...(here === null
      ? []
      : ([
          [words.here, here],
          [words.elsewhere, total - here],
        ] as [string, number][])),
  ];
  return (
    <section>
      <h3>{words.visits}</h3>
      <dl class="counts">
        {counts.map(([label, count]) => (
          <div>
            <dt>{label}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <ul class="rows">
        {last.map((visit) => (
          <Visit frame={frame} visit={visit} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Visit({ frame, visit, now }: { frame: CounterFrame; visit: CounterVisit; now: number }) {
  const { timezone, branch, at } = visit;
  return (
    <li>
      <span>{branch}</span>
      <span class="quiet">{formatWhen(at, { timezone, language: frame.copy.language, now })}</span>
    </li>
  );
}

function Orders({ frame, person: { orders }, now }: PartProps) {
  const words = frame.copy.person;
  if ("leftOut" in orders) return <Part title={words.orders(0)} text={words.ordersLeftOut[orders.leftOut]} />;
  const { count, last } = orders.shown;
  if (count === 0) return <Part title={words.orders(0)} text={words.noOrders} />;
  return (
    <section>
      <h3>{words.orders(count)}</h3>
      <ul class="rows">
        {last.map((order) => (
          <Order frame={frame} order={order} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Order({ frame: { copy }, order, now }: { frame: CounterFrame; order: CounterOrder; now: number }) {
  const { items, total, currency, at, timezone, branch, channel, refunded } = order;
  const { language, person: words } = copy;
  const what = items
    .map(({ name, quantity }) => (quantity === 1 ? name : `${name}\u00a0×${quantity}`))
    .join(", ");
  const where = [branch ?? words.channel(channel), ...(refunded ? [words.refunded] : [])].join(", ");
  return (
    <li>
      <span>
        {what === "" ? where : what}
        {what === "" ? null : <span class="quiet"> {where}</span>}
      </span>
      <span>
        {formatMoney(total, currency, language)}
        <span class="quiet"> {formatWhen(at, { timezone, language, now })}</span>
      </span>
    </li>
  );
}

function Online({ frame: { copy }, person: { online }, now }: PartProps) {
  if (online.length === 0) return null;
  const { language, person: words } = copy;
  return (
    <section>
      <h3>{words.online}</h3>
      <ul class="rows">
        {online.map(({ channel, at, timezone }) => (
          <li>
            <span>{channelName(channel, language)}</span>
            <span class="quiet">{formatWhen(at, { timezone, language, now })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Contact({ frame, person: { contact } }: PartProps) {
  const words = frame.copy.person;
  const names = { zalo: "Zalo", sms: "SMS", email: "email" } as const;
  const may = (["zalo", "sms", "email"] as const).filter((channel) => contact[channel]);
  const text = may.length === 0 ? words.mayNot : words.may(may.map((one) => names[one]).join(", "));
  return <Part title={words.contact} text={text} />;
}

function Part({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <p class="quiet">{text}</p>
    </section>
  );
}
