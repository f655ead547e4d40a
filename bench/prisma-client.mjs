import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const providers = { postgresql: 'postgresql', mariadb: 'mysql', sqlite: 'sqlite' };

/** Types that Prisma must be told, by engine; elsewhere it takes its own. */
const natives = {
  postgresql: { moment: '@db.Timestamptz(3)', json: '@db.JsonB' },
  mariadb: { moment: '@db.DateTime(3)', json: '' },
  sqlite: { moment: '', json: '' },
};

/**
 * Prisma needs generated code, for each engine its own. Its command insists on an engine program that only migrations use
 * and would download it; any program in its place keeps it from doing so. Gives the reason where that fails.
 */
export function generatePrismaClient(bench, engine) {
  const folder = `${bench}node_modules/.prisma-${engine}`;
  if (existsSync(`${folder}/index.js`)) return undefined;
  mkdirSync(`${bench}.cache`, { recursive: true });
  const schema = `${bench}.cache/${engine}.prisma`;
  writeFileSync(schema, prismaSchema(engine, folder));
  try {
    const words = ['generate', '--no-hints', `--schema=${schema}`];
    execFileSync(process.execPath, [`${bench}node_modules/prisma/build/index.js`, ...words], {
      cwd: bench,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
      stdio: 'pipe',
    });
    return undefined;
  } catch {
    return 'its client could not be generated here';
  }
}

function prismaSchema(engine, folder) {
  const { moment, json } = natives[engine];
  return `generator client {
  provider = "prisma-client-js"
  output   = "${folder}"
}

datasource db {
  provider = "${providers[engine]}"
}

model Item {
  id      Int      @id @default(autoincrement())
  name    String
  email   String
  age     Int
  active  Boolean
  score   Float
  created DateTime ${moment}
  data    Json     ${json}

  @@map("item")
}

model Memo {
  id       Int    @id
  tenantId String @map("tenant_id")
  title    String
  body     String

  @@map("memo")
}

model Note {
  id       Int    @id
  tenantId String @map("tenant_id")
  title    String
  body     String

  @@map("note")
}

model Stock {
  id       Int    @id @default(autoincrement())
  sku      String @unique
  quantity Int
  price    Float

  @@map("stock")
}

model Author {
  id     Int      @id
  name   String
  born   DateTime ${moment}
  active Boolean
  books  Book[]

  @@map("author")
}

model Book {
  id        Int      @id
  authorId  Int      @map("author_id")
  author    Author   @relation(fields: [authorId], references: [id])
  title     String
  pages     Int
  price     Float
  published DateTime ${moment}
  reviews   Review[]

  @@map("book")
}

model Review {
  id     Int    @id
  bookId Int    @map("book_id")
  book   Book   @relation(fields: [bookId], references: [id])
  stars  Int
  body   String

  @@map("review")
}
`;
}
