namespace EduUnion.Domain.Aid;

// The shortest time of keeping (PIPL art. 19; domain §3.9): what is sensitive goes, what was decided stays.
public sealed partial class AidApplication
{
    /// <summary>
    /// Takes out what identifies people, what tells of illness, income and homes, and every text that somebody wrote, for
    /// ever. Number, cause, amounts, results and signatures stay. Twice is once. The caller knows that the time is over.
    /// </summary>
    public AidForgotten Forget()
    {
        Content = AidContent.Empty with { MainCause = Content.MainCause, Requested = Content.Requested };
        OpeningText = null;
        SupplementReason = null;
        MissingReason = null;
        EndReason = null;
        Termination = Termination is { } ended ? ended with { Reason = "" } : null;
        DistrictAskedFor = null;
        BounceReason = null;
        Approvals = [.. Approvals.Select(a => a with { Text = null })];
        Recusals = [.. Recusals.Select(r => r with { Reason = "" })];
        Assessment = Assessment is { } assessed ? assessed with { Reason = null } : null;
        Notices =
        [
            .. Notices.Select(n =>
                n with
                {
                    Name = "",
                    Interruptions = [.. n.Interruptions.Select(i => i with { Reason = "" })],
                }
            ),
        ];
        Surveys =
        [
            .. Surveys.Select(s =>
                s with
                {
                    ReturnReason = null,
                    Form = s.Form with
                    {
                        Place = "",
                        PhoneReason = null,
                        People = "",
                        Housing = "",
                        IncomeCheck = "",
                        Observations = "",
                        Suggestion = null,
                    },
                }
            ),
        ];
        Corrections =
        [
            .. Corrections.Select(c => c with { Account = new BankAccount("", "", ""), ReturnReason = null }),
        ];
        FollowUp = FollowUp is { } visit ? visit with { Gist = "" } : null;
        return new AidForgotten();
    }
}
