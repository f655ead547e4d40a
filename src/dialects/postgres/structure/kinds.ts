import type { Kind } from './kind.ts';
import { columnKind } from './kinds/column.ts';
import { constraintKind } from './kinds/constraint.ts';
import { defaultKind } from './kinds/default.ts';
import { identityKind } from './kinds/identity.ts';
import { indexKind } from './kinds/index-kind.ts';
import { indexPartitionKind } from './kinds/index-partition.ts';
import { inheritanceKind } from './kinds/inheritance.ts';
import { partitionKind } from './kinds/partition.ts';
import { pendingDetachKind } from './kinds/pending-detach.ts';
import { rowSecurityKind } from './kinds/row-security.ts';
import { sequenceKind } from './kinds/sequence.ts';
import { tableKind } from './kinds/table.ts';
import { schemas } from './kinds/schema.ts';
import { extensions } from './kinds/extension.ts';
import { collations } from './kinds/collation.ts';
import { enums } from './kinds/enum.ts';
import { domains } from './kinds/domain.ts';
import { domainConstraints } from './kinds/domain-constraint.ts';
import { compositeTypes } from './kinds/composite-type.ts';
import { baseTypes, shellTypes } from './kinds/base-type.ts';
import { rangeTypes } from './kinds/range-type.ts';
import { functions, procedures } from './kinds/routine.ts';
import { aggregates } from './kinds/aggregate.ts';
import { operators } from './kinds/operator.ts';
import { operatorFamilies } from './kinds/operator-family.ts';
import { operatorClasses } from './kinds/operator-class.ts';
import { conversions } from './kinds/conversion.ts';
import { languages } from './kinds/language.ts';
import { transforms } from './kinds/transform.ts';
import { accessMethods } from './kinds/access-method.ts';
import { casts } from './kinds/cast.ts';
import { views } from './kinds/view.ts';
import { viewDefaults } from './kinds/view-default.ts';
import { materializedViews } from './kinds/materialized-view.ts';
import { triggers } from './kinds/trigger.ts';
import { eventTriggers } from './kinds/event-trigger.ts';
import { rules } from './kinds/rule.ts';
import { policies } from './kinds/policy.ts';
import { statistics } from './kinds/statistics.ts';
import { textSearchParsers, textSearchTemplates } from './kinds/text-search-part.ts';
import { textSearchDictionaries, textSearchConfigurations } from './kinds/text-search.ts';
import { foreignDataWrappers } from './kinds/foreign-data-wrapper.ts';
import { foreignServers } from './kinds/foreign-server.ts';
import { userMappings } from './kinds/user-mapping.ts';
import { publications } from './kinds/publication.ts';
import { publicationMembers } from './kinds/publication-member.ts';
import { subscriptions } from './kinds/subscription.ts';
import { owners } from './kinds/owner.ts';
import { grants } from './kinds/grant.ts';
import { defaultPrivileges } from './kinds/default-privilege.ts';
import { comments } from './kinds/comment.ts';

/** Every kind of fact that PostgreSQL has, in the order in which they are read. */
export const kinds: readonly Kind[] = [
  tableKind,
  columnKind,
  defaultKind,
  identityKind,
  sequenceKind,
  constraintKind,
  indexKind,
  inheritanceKind,
  partitionKind,
  pendingDetachKind,
  indexPartitionKind,
  rowSecurityKind,
  schemas,
  extensions,
  collations,
  enums,
  domains,
  domainConstraints,
  compositeTypes,
  shellTypes,
  baseTypes,
  rangeTypes,
  functions,
  procedures,
  aggregates,
  operators,
  operatorFamilies,
  operatorClasses,
  conversions,
  languages,
  transforms,
  accessMethods,
  casts,
  views,
  viewDefaults,
  materializedViews,
  triggers,
  eventTriggers,
  rules,
  policies,
  statistics,
  textSearchParsers,
  textSearchTemplates,
  textSearchDictionaries,
  textSearchConfigurations,
  foreignDataWrappers,
  foreignServers,
  userMappings,
  publications,
  publicationMembers,
  subscriptions,
  owners,
  grants,
  defaultPrivileges,
  comments,
];
