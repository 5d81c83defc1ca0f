using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EduUnion.Domain.Aid;

public enum SurveyMode
{
    /// <summary>入户.</summary>
    Home,

    /// <summary>电话: the applicant is in hospital or far away; the reason is recorded.</summary>
    Phone,
}

public enum SurveyConclusion
{
    /// <summary>情况属实.</summary>
    Supports,

    /// <summary>存疑.</summary>
    Doubts,
}

/// <summary>What the surveyors write down (入户调查表, domain §6 no. 13).</summary>
/// <param name="People">With whom they talked.</param>
/// <param name="IncomeCheck">How income and spending were checked.</param>
public sealed record SurveyForm(
    DateOnly VisitedOn,
    string Place,
    SurveyMode Mode,
    string? PhoneReason,
    string People,
    string Housing,
    string IncomeCheck,
    string Observations,
    SurveyConclusion Conclusion,
    string? Suggestion
)
{
    internal Refusal? Check(DateOnly acceptedOn, DateOnly today)
    {
        var check = new FieldCheck(complete: true);
        if (VisitedOn > today)
            check.Add(Refusal.At("visitedOn", "survey.in-future"));
        else if (VisitedOn < acceptedOn)
            check.Add(Refusal.At("visitedOn", "survey.before-acceptance", acceptedOn));
        check.Text("place", Place, 200);
        if (Mode == SurveyMode.Phone && string.IsNullOrWhiteSpace(PhoneReason))
            check.Add(Refusal.At("phoneReason", "survey.phone-reason-missing"));
        check.Text("phoneReason", PhoneReason, 200, optional: true);
        check.Text("people", People, 500);
        check.Text("housing", Housing, 1000, optional: Mode == SurveyMode.Phone);
        check.Text("incomeCheck", IncomeCheck, 1000);
        check.Text("observations", Observations, 3000);
        check.Text("suggestion", Suggestion, 1000, optional: true);
        return check.Refusal;
    }
}

/// <summary>A signature under a record.</summary>
public sealed record RecordSignature(Guid By, DateTimeOffset At);

/// <summary>
/// One record with its signatures: who wrote it has signed it. A record sent back is kept, and its signatures count for
/// nothing: who signed it signed another text.
/// </summary>
public sealed record SurveyRecord(int Revision, SurveyForm Form, Guid By, DateTimeOffset At)
{
    public const int SignaturesMin = 2;

    public ImmutableArray<RecordSignature> Signatures { get; init; } = [];
    public Guid? ReturnedBy { get; init; }
    public string? ReturnReason { get; init; }

    [JsonIgnore]
    public bool IsReturned => ReturnedBy is not null;
}
