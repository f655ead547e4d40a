import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@prisma/client';

export async function open(place) {
  const client = new PrismaClient({ adapter: new PrismaPg({ ...place, max: 1 }) });
  return {
    get: (id) => client.item.findUniqueOrThrow({ where: { id } }),
    list: (take) => client.item.findMany({ where: { active: true }, orderBy: { id: 'asc' }, take }),
    insert: (data) => client.item.create({ data }),
    update: (id, data) => client.item.update({ where: { id }, data }),
    insertMany: async (data) => (await client.item.createMany({ data })).count,
    close: () => client.$disconnect(),
  };
}
