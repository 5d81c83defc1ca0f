using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Exchange;
using EduUnion.Host.Tests.OfficeWords;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Faults;

/// <summary>
/// The journeys over the API that the tests of the Host hold against every date and figure of the domain, what they leave
/// out, and one through the pages: between them they make every kind of transition of motions and of aid.
/// </summary>
internal static class Journeys
{
    public static IReadOnlyList<Func<Provider, Task>> All { get; } =
    [
        new MotionJourneyTests().Motion_IsFiledHandledAndAnswered,
        new FollowUpJourneyTests().Merged_OneAnswer_TwoForms_AndOneIsHandledAgain,
        new FollowUpJourneyTests().DissatisfiedTwice_EndsAtTheTable_WithTheDissentKept,
        new FollowUpJourneyTests().LeadLeaves_ACosignerOrTheDelegationsHeadFollows,
        new FollowUpJourneyTests().Withdrawn_TakenOverGoesOn_OrIsEndedOutsideTheCases,
        new AidJourneyTests().Scenario9_RecusalToTheEnd,
        new AidJourneyTests().Scenario10_AnonymousObjection_IsUnfoundedAndTellsNobody,
        new AidJourneyTests().Scenario10_Upheld_CutsTheAmountAndIsPublishedForThreeDays,
        new AidJourneyTests().Scenario11_ShortFundAndBounce,
        new AidLifeJourneyTests().Scenario12a_DeathWhileSurveyed_EndsTheApplicationAndTheFile_AndIsCondoled,
        new AidLifeJourneyTests().Scenario12b_AnotherSchool_IsPaidByTheOldFund_AndTheFileMoves,
        InHouse(h => new DeskHandingTests(h).Transferred_ItIsTheOthersForGood_WithItsDeadline),
        InHouse(h => new DeskHandingTests(h).Delegated_TheAdviserSpeaks_AndItIsBack),
        InHouse(h => new DeskHandingTests(h).SignersBefore_AgreeFirst_AndOneLessIsEnough),
        InHouse(h => new DeskHandingTests(h).SignersAfter_GiveItEffect_AndUntilThenItCanBeTakenBack),
        InHouse(h =>
            new DeskHandingTests(h).Claimed_TheOtherHoldersLeaveIt_UntilItIsReleasedOrTheClaimerLeavesTheOffice
        ),
        InHouse(h => new DeskVoteTests(h).Countersign_InOrder_AsksOneAfterAnother),
        OnBench(b => new ReturnTests(b).Return_ToPreviousAndToAnyEarlierStep),
        OnBench(b => new ReturnTests(b).Return_StraightBack_KeepsSignaturesWhileThePromiseIsTheSame),
        OnBench(b => new ReturnTests(b).Return_ToTheProposer_IsTheOneReturn),
        OnBench(b => new ReturnTakeBackTests(b).TakeBack_WhileTheNextHasNotActed),
        OnBench(b => new ReturnTakeBackTests(b).Withdraw_ByTheStarter_EndsItBeforeFiling),
        OnBench(b => new ReturnAdminTests(b).Jump_NeverPastASignature_AndTheStarterIsTold),
        OnBench(b => new ReturnAdminTests(b).TerminateAndWake_GoOnWhereItStood),
        OnBench(b => new ReturnAdminTests(b).Aid_IsSentBackTakenBackAndEnded),
        new ExchangeTests().Urging_IsToldByMail_AndOnceAWorkday,
        new ExchangeTests().Copy_OpensTheMotion_AndIsMarkedAsRead,
        new ExchangeTests().Question_IsAnswered_WithoutMovingTheTask,
        new DeputyTests().Deputy_DecidesForHisPrincipal_AndTheRecordSaysSo,
        new FollowUpActTests().RepeatedWithItsKey_GetsTheFirstAnswer,
        FurtherJourneys.Appeal_IsHeardOrNot,
        FurtherJourneys.Extension_IsGranted_OrRefusedBySilence,
        FurtherJourneys.Cosignature_IsTakenBack_AndAnInvitationRunsOut,
        FurtherJourneys.Emergency_IsPaidAtOnce_AndReviewedAfterwards,
        FurtherJourneys.Verification_KeepsAFile_AndFreezesItTheYearAfter,
        PageJourney.Motion_IsFiledHandledAndAnswered_OnPages,
    ];

    private static Func<Provider, Task> InHouse(Func<OfficeHouse, Func<Provider, Task>> journey) =>
        async provider =>
        {
            await using var house = new OfficeHouse();
            await journey(house)(provider);
        };

    private static Func<Provider, Task> OnBench(Func<ReturnBench, Func<Provider, Task>> journey) =>
        async provider =>
        {
            await using var bench = new ReturnBench();
            await journey(bench)(provider);
        };
}
