using EduUnion.Host.Jobs;
using EduUnion.Host.People;

namespace EduUnion.Host.Mail;

public static class MailSetup
{
    /// <summary>Notices to mails to the server, or to <c>mail/</c> under the data directory without one.</summary>
    public static MailOptions AddMail(
        this IServiceCollection services,
        IConfiguration configuration,
        string dataDirectory
    )
    {
        var options = MailOptions.Read(configuration);
        var files = Path.Combine(dataDirectory, "mail");
        services
            .AddSingleton(options)
            .AddSingleton<MailRecipients>()
            .AddSingleton<ResolveRecipients>(s => s.GetRequiredService<MailRecipients>().ResolveAsync)
            .AddScoped<MailCalendar>()
            .AddScoped(s => new DeliveryHours(s.GetRequiredService<MailCalendar>().NextMorning))
            .AddScoped(s => new MailComposer(options.PublicUrl, s.GetRequiredService<MailCalendar>().WorkdaysLeft))
            .AddScoped<NoticeFanOut>()
            .AddScoped<ReminderDigest>()
            .AddScoped<MailSender>()
            .AddScoped<Outbox>()
            .AddScoped<MailBook>()
            .AddScoped<OutboxHolds>()
            .AddScoped<Occasions>()
            .AddSingleton<Func<IMailTransport>>(_ =>
                () => options.Host is null ? new FileMailTransport(files, options.From) : new SmtpMailTransport(options)
            );
        return options;
    }
}

/// <summary>One run of the outbox: notices become mails, the morning's reminders one mail a person, and what is due leaves.</summary>
public sealed class Outbox(
    MailCalendar calendar,
    NoticeFanOut fanOut,
    ReminderDigest digest,
    OutboxHolds holds,
    MailSender sender
) : IJob
{
    /// <summary>Until nothing is left to do now; returns how many mails left: none while they are held.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await calendar.LoadAsync(cancellation);
        while (await fanOut.RunAsync(cancellation) > 0) { }
        while (await digest.RunAsync(cancellation) > 0) { }
        return await holds.SinceAsync(cancellation) is null ? await sender.RunAsync(cancellation) : 0;
    }
}
