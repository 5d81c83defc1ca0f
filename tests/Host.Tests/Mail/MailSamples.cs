using EduUnion.Host.Mail;
using EduUnion.Host.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Mail;

/// <summary>A notice of every kind with plausible arguments, and the calendar of October 2026.</summary>
internal static class MailSamples
{
    public static readonly DateOnly Due = new(2026, 10, 12);
    public static readonly DateOnly Today = new(2026, 10, 8);
    public static readonly Guid Case = Guid.Parse("0199b1c2-0000-7000-8000-000000000012");

    /// <summary>Thursday 2026-10-08, 09:00 in Shanghai.</summary>
    public static readonly DateTimeOffset Morning = Shanghai(2026, 10, 8, 9, 0);

    private static readonly DateOnly MakeUpSaturday = new(2026, 10, 10);

    private static readonly Dictionary<string, string> Values = new()
    {
        ["title"] = "改善教师午休场所",
        ["number"] = "012",
        ["main"] = "004",
        ["term"] = "3",
        ["session"] = "2",
        ["receipt"] = "S-0031",
        ["count"] = "2",
        ["minimum"] = "3",
        ["reason"] = "属于其他单位职权。",
        ["department"] = "总务处",
        ["signBy"] = "2026-09-10",
        ["before"] = "2026-10-09",
        ["case"] = "BF-YXZX-2026-0001",
        ["year"] = "2026",
        ["fund"] = "工会经费",
        ["from"] = "2026-10-05",
        ["until"] = "2026-10-11",
        ["recusals"] = "1",
        ["unmaskings"] = "4",
        ["lockouts"] = "0",
        ["exports"] = "2",
        ["organisation"] = "云溪中学工会",
        ["contact"] = "校工会办公室",
        ["phone"] = "分机 8016",
    };

    public static Measures Measures(TimeProvider time) =>
        new ServiceCollection()
            .AddSingleton(time)
            .AddLogging()
            .AddMeasures()
            .BuildServiceProvider()
            .GetRequiredService<Measures>();

    public static DateTimeOffset Shanghai(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.FromHours(8));

    public static Notice Notice(
        NoticeKind kind,
        DateTimeOffset? at = null,
        NoticeRecipients? to = null,
        string? title = null,
        string? reason = null,
        Guid? caseId = null
    )
    {
        var args = kind.Args.Concat(NoticeKind.CommonArgs).ToDictionary(name => name, name => Values[name]);
        if (title is not null)
            args["title"] = title;
        if (reason is not null)
            args["reason"] = reason;
        return EduUnion.Host.Mail.Notice.Of(
            kind,
            caseId ?? Case,
            to ?? NoticeRecipients.ToRoles("proposer"),
            args,
            "/c/0302-012",
            at ?? Morning,
            kind.Deadline is null ? null : Due
        );
    }

    public static MailComposer Composer(int left = 3) => new(new Uri("https://union.yunxi.example/"), (_, _) => left);

    public static DeliveryHours Hours() =>
        new(at =>
        {
            var local = at.ToOffset(TimeSpan.FromHours(8));
            var morning = new DateTimeOffset(local.Date, local.Offset).AddHours(8.5);
            while (morning < local || !Works(DateOnly.FromDateTime(morning.DateTime)))
                morning = morning.AddDays(1);
            return morning;
        });

    public static OutgoingMail Mail(
        NoticeKind? kind = null,
        string address = "wang@yunxi.example",
        string? title = null,
        Guid? member = null
    )
    {
        var notice = Notice(kind ?? NoticeKind.AnswerToSign, title: title);
        var recipient = new MailRecipient(member ?? Guid.CreateVersion7(Morning), address, "zh-CN");
        return OutgoingMail.Of(notice, recipient, Composer().Compose(notice, "zh-CN", Today), "yunxi.example", Morning);
    }

    public static MailOptions Options(params (string Key, string? Value)[] settings) =>
        MailOptions.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
                .Build()
        );

    private static bool Works(DateOnly day) =>
        day == MakeUpSaturday || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
