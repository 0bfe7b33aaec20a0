// The operator's hand in identity: statements, retractions, blocked values, rules.

import { router } from "../openapi.ts";
import { correctionRoutes } from "./identity/corrections.ts";
import { ruleRoutes } from "./identity/rules.ts";
import { stateRoutes } from "./identity/state.ts";
import { statementRoutes } from "./identity/statements.ts";

export const identityRoutes = router();
identityRoutes.route("/", stateRoutes);
identityRoutes.route("/", statementRoutes);
identityRoutes.route("/", correctionRoutes);
identityRoutes.route("/", ruleRoutes);
