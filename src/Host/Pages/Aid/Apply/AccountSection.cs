using System.Collections.Immutable;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>申请金额和收款账户.</summary>
public sealed record AccountSection() : FormSection("account", "requested", "account.")
{
    public override ImmutableArray<string> Secrets => ["account.account"];

    public override IEnumerable<Field> Draw(SectionForm form, AidContent saved) =>
        [
            form.Amount("requested", required: true),
            form.Text("account.bankName"),
            form.Text("account.accountName"),
            form.Secret("account.account", saved.Account.Number.Length == 0 ? "" : saved.Account.ToString()),
        ];

    public override Typed TypedOf(AidContent saved) =>
        Typed
            .Nothing.With("requested", saved.Requested is { } amount ? Amounts.Plain(amount) : "")
            .With("account.bankName", saved.Account.BankName)
            // It must be his own: nearly everybody confirms what stands here.
            .With(
                "account.accountName",
                saved.Account.AccountName.Length > 0 ? saved.Account.AccountName : saved.Person.Name
            );

    public override AidContent Into(AidContent saved, SectionReading read) =>
        saved with
        {
            Requested = read.Amount("requested"),
            Account = BankAccount.Of(
                read.Text("account.bankName"),
                read.Text("account.accountName"),
                read.Kept("account.account", saved.Account.Number)
            ),
        };
}
