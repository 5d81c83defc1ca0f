using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Seeds;

/// <summary>The statutory schedules that the program brings along, as version 1 of a calendar that is still empty.</summary>
public sealed class ShippedCalendar(EduUnionDb db, CalendarBook calendars, TimeProvider time)
{
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (await db.Set<CalendarVersion>().AnyAsync(cancellation))
            return;
        var schedule = StatutorySchedule.Parse(SeedFiles.Text("calendar/cn-statutory-days.json")).Value;
        calendars.Append(ReadCalendar.None, schedule, [], "随程序提供的放假安排", null, time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException refused) when (db.IsUniqueViolation(refused))
        {
            // Another node started at the same moment.
        }
        db.ChangeTracker.Clear();
        calendars.Changed();
    }
}
