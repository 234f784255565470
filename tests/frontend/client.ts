/** A client of the reference project: what has to compile, and what must not. */

import createClient from "openapi-fetch";
import type { ContractOut, InvoiceIn, InvoiceOut, MoneyInput, paths, Problem } from "./openapi";
import { ContractStatus, type paths as pathsWithEnums } from "./enums";

const api = createClient<paths>({ baseUrl: "http://127.0.0.1:8000" });

/** What is nullable is always there; what is optional may be left out. */
export function facts(contract: ContractOut): (string | null)[] {
  const signed: string | null = contract.signed_on;
  const title: string = contract.title;
  return [signed, title];
}

export const price: MoneyInput = { amount: "148.50", currency: "EUR" };

export const invoice: InvoiceIn = {
  contract_id: "7675af00-acd1-5d73-8dc6-bc57a3a4c712",
  number: "R-1",
  issued_on: "2026-03-01",
  due_on: "2026-03-31",
  lines: [{ description: "Walls", quantity: "12.5", unit: "m²", unit_price: price }],
};

export async function submit(): Promise<InvoiceOut | Problem> {
  const { data, error } = await api.POST("/api/invoicing/invoices", { body: invoice });
  return data ?? error;
}

export async function approve(invoice_id: string, tag: string): Promise<InvoiceOut | undefined> {
  const path = { invoice_id };
  // @ts-expect-error the state that is meant is missing
  await api.POST("/api/invoicing/invoices/{invoice_id}/approve", { params: { path } });
  const params = { path, header: { "If-Match": tag } };
  return (await api.POST("/api/invoicing/invoices/{invoice_id}/approve", { params })).data;
}

export async function contracts(): Promise<ContractOut[]> {
  const query = { status: ["draft" as const], order_by: "-agreed_sum" as const, count: true };
  const { data } = await api.GET("/api/contracting/contracts", { params: { query } });
  const total: number | null | undefined = data?.total;
  return total ? data!.items : [];
}

export async function refused(): Promise<string> {
  // @ts-expect-error there is no such value
  await api.GET("/api/contracting/contracts", { params: { query: { status: ["lost"] } } });
  // @ts-expect-error there is no such path
  await api.GET("/api/contracting/agreements", {});
  const { error } = await api.POST("/api/budgeting/projects/{project_id}/budget/shift", {
    params: { path: { project_id: 1 }, header: { "If-Match": "*" } },
    // @ts-expect-error a field is missing
    body: { amount: price, source: "330" },
  });
  return error?.errors?.map(({ pointer, detail }) => `${pointer}: ${detail}`).join() ?? "";
}

export async function rename(project_id: number): Promise<void> {
  await api.PATCH("/api/budgeting/projects/{project_id}/budget/lines/{cost_code}", {
    params: { path: { project_id, cost_code: "330" }, header: { "If-Match": "*" } },
    body: { title: "Outer walls" },
  });
}

/** Enums by name, for those who make them. */
export async function drafts(): Promise<void> {
  const named = createClient<pathsWithEnums>();
  const query = { status: [ContractStatus.DRAFT] };
  await named.GET("/api/contracting/contracts", { params: { query } });
}
