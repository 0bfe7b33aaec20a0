// What is wrong with the configuration of a source, in words for whoever sets it up; each names its field.

import type { SourceConfig } from "../../schema/sources.ts";
import type { Connector } from "./connector.ts";

export interface Trouble {
  readonly path: string;
  readonly message: string;
}

export interface Known {
  readonly connectors: readonly Connector[];
  readonly isBranch: (id: string) => boolean;
  /** A standing source, or the one that is set up. */
  readonly isSource: (id: string) => boolean;
}

const settingTroubles = (connector: Connector, given: Readonly<Record<string, string>>): Trouble[] => {
  const asked = connector.settings.map(({ name }) => name).join(", ") || "none";
  return [
    ...connector.settings.flatMap(({ name, about, required, pattern }) => {
      const value = given[name];
      if (value === undefined)
        return required ? [{ path: `settings.${name}`, message: `is needed: ${about}` }] : [];
      return pattern === undefined || pattern.test(value)
        ? []
        : [{ path: `settings.${name}`, message: `does not look like it: ${about}` }];
    }),
    ...Object.keys(given)
      .filter((name) => !connector.settings.some((setting) => setting.name === name))
      .map((name) => ({
        path: `settings.${name}`,
        message: `is no setting of ${connector.id}, which asks for ${asked}`,
      })),
  ];
};

export const configTroubles = (config: SourceConfig, known: Known): readonly Trouble[] => {
  const { connector: id, settings = {}, branches = {}, orderBook, consentCategories = [] } = config;
  const connector = known.connectors.find((one) => one.id === id);
  const troubles: Trouble[] = Object.entries(branches)
    .filter(([, branch]) => !known.isBranch(branch))
    .map(([vendorId, branch]) => ({ path: `branches.${vendorId}`, message: `${branch} is no branch` }));
  if (orderBook !== undefined && !known.isSource(orderBook))
    troubles.push({ path: "orderBook", message: `${orderBook} is no source` });
  if (id === undefined)
    return [
      ...troubles,
      ...Object.keys(settings).map((name) => ({
        path: `settings.${name}`,
        message: "belongs to a connector, and none is named",
      })),
    ];
  if (connector === undefined)
    return [...troubles, { path: "connector", message: `${id} is not supported yet (docs/channels.md)` }];
  if (consentCategories.length > 0 && connector.carriesConsent !== true)
    troubles.push({
      path: "consentCategories",
      message: `must be none: the webhooks of ${id} carry no consent`,
    });
  return [...troubles, ...settingTroubles(connector, settings)];
};
