using System.Collections.Immutable;
using System.Text.Json.Serialization;
using EduUnion.Domain.Calendar;
using static EduUnion.Domain.Aid.FileState;

namespace EduUnion.Domain.Aid;

// What is owed to the near kin of a person who died (domain §8 scenario 12 a; 个人信息保护法 art. 49).
public sealed partial class AidFile
{
    /// <summary>Near kin who asked for the person's data, and what they were given.</summary>
    [JsonInclude]
    public ImmutableArray<KinRequest> KinRequests { get; private set; } = [];

    /// <summary>慰问: the person died and nobody has visited the kin since; opened by the death, closed by the visit.</summary>
    [JsonIgnore]
    public bool IsCondolenceOwed =>
        ExitedFor == ExitReason.Died
        && History.Last(e => e.What == "exited") is var end
        && Visits.All(v => v.On < ChinaTime.DateOf(end.At));

    /// <summary>
    /// Near kin exercise the rights of a person who died. Refusals: <c>file.person-lives</c> (he asks himself),
    /// <c>aid.date-in-future</c> at <c>on</c>, <c>aid.field-missing</c> and <c>aid.field-too-long</c> at <c>kin</c> and
    /// <c>given</c>.
    /// </summary>
    public Outcome<KinAnswered> AnswerKin(KinRequest request, DateOnly today)
    {
        if (State != Exited || ExitedFor != ExitReason.Died)
            return Refusal.Because("file.person-lives");
        var check = new FieldCheck(complete: true);
        if (request.On > today)
            check.Add(Refusal.At("on", "aid.date-in-future"));
        check.Text("kin", request.Kin, 100);
        check.Text("given", request.Given, 1000);
        if (check.Refusal is { } wrong)
            return wrong;
        KinRequests = KinRequests.Add(request);
        return new KinAnswered(request);
    }
}
